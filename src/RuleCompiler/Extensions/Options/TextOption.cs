using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>Free text.</summary>
/// <param name="name">The option's name.</param>
/// <param name="maxBytes">Longest text in bytes.</param>
internal sealed class TextOption(string name, int maxBytes) : OptionSpec<string>(name)
{
    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out string? value)
    {
        var bytes = reader.Bytes();
        if (bytes.Length > maxBytes)
        {
            value = null;
            return reader.Fail(
                OptionDiagnostics.TextTooLong,
                bytes.Length.ToString(CultureInfo.InvariantCulture),
                maxBytes.ToString(CultureInfo.InvariantCulture));
        }
        value = reader.Text();
        return true;
    }

    protected override void WriteValue(string value, RuleTextWriter writer) => writer.Text(value);
}
