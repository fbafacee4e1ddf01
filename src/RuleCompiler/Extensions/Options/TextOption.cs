using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RuleCompiler.Text;

namespace RuleCompiler.Extensions.Options;

/// <summary>Free text.</summary>
/// <param name="name">The option's name.</param>
/// <param name="maxBytes">Longest text in bytes.</param>
internal sealed class TextOption(string name, int maxBytes) : OptionSpec<string>(name)
{
    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out string? value)
    {
        value = reader.Text();
        var length = ByteText.GetByteCount(value);
        return length <= maxBytes || reader.Fail(
            OptionDiagnostics.TextTooLong,
            length.ToString(CultureInfo.InvariantCulture),
            maxBytes.ToString(CultureInfo.InvariantCulture));
    }

    protected override void WriteValue(string value, RuleTextWriter writer) => writer.Text(value);
}
