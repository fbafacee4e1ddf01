using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RuleCompiler.Text;

namespace RuleCompiler.Extensions.Options;

/// <summary>A name that is not empty and prints without quotes, as some extensions print it.</summary>
/// <param name="name">The option's name.</param>
/// <param name="maxBytes">Longest name in bytes.</param>
internal sealed class WordOption(string name, int maxBytes) : OptionSpec<string>(name)
{
    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out string? value)
    {
        value = reader.Text();
        if (value.Length == 0 || value.Contains('/', StringComparison.Ordinal))
        {
            return reader.Fail(OptionDiagnostics.BadValue, value, "a name of at least one character and without '/'");
        }
        var length = ByteText.GetByteCount(value);
        return length <= maxBytes || reader.Fail(
            OptionDiagnostics.TextTooLong,
            length.ToString(CultureInfo.InvariantCulture),
            maxBytes.ToString(CultureInfo.InvariantCulture));
    }

    protected override void WriteValue(string value, RuleTextWriter writer) => writer.Bare(value);
}
