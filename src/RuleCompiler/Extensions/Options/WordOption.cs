using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RuleCompiler.Text;

namespace RuleCompiler.Extensions.Options;

/// <summary>A name of which the kernel makes a file, and which prints without quotes.</summary>
/// <param name="name">The option's name.</param>
/// <param name="maxBytes">Longest name in bytes.</param>
internal sealed class WordOption(string name, int maxBytes) : OptionSpec<string>(name)
{
    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out string? value)
    {
        value = reader.Text();
        if (!IsFileName(value))
        {
            return reader.Fail(OptionDiagnostics.BadValue, value, "a name that a file could have, without '/'");
        }
        var length = ByteText.GetByteCount(value);
        return length <= maxBytes || reader.Fail(
            OptionDiagnostics.TextTooLong,
            length.ToString(CultureInfo.InvariantCulture),
            maxBytes.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Whether the kernel makes a file of that name.</summary>
    /// <remarks>Source: net/netfilter/x_tables.c, <c>xt_check_proc_name</c>.</remarks>
    public static bool IsFileName(string name) =>
        name is not ("" or "." or "..") && !name.Contains('/', StringComparison.Ordinal);

    protected override void WriteValue(string value, RuleTextWriter writer) => writer.Bare(value);
}
