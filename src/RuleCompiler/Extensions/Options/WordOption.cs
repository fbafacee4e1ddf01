using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A name that is not empty and prints without quotes, as some extensions print it.</summary>
/// <param name="name">The option's name.</param>
/// <param name="maxBytes">Longest name in bytes.</param>
internal sealed class WordOption(string name, int maxBytes) : OptionSpec<string>(name)
{
    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out string? value)
    {
        value = null;
        var bytes = reader.Bytes();
        if (bytes.IsEmpty || bytes.Contains((byte)'/'))
        {
            return reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "a name of at least one character and without '/'");
        }
        if (bytes.Length > maxBytes)
        {
            return reader.Fail(
                OptionDiagnostics.TextTooLong,
                bytes.Length.ToString(CultureInfo.InvariantCulture),
                maxBytes.ToString(CultureInfo.InvariantCulture));
        }
        value = reader.Text();
        return true;
    }

    protected override void WriteValue(string value, RuleTextWriter writer) => writer.Bare(value);
}
