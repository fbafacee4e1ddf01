using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>Free text that prints in quotes whatever is in it.</summary>
/// <param name="name">The option's name.</param>
/// <param name="maxCharacters">Longest text.</param>
internal sealed class QuotedTextOption(string name, int maxCharacters) : OptionSpec<string>(name)
{
    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out string? value)
    {
        var length = reader.Bytes().Length;
        value = reader.Text();
        return length <= maxCharacters || reader.Fail(
            OptionDiagnostics.TextTooLong,
            length.ToString(CultureInfo.InvariantCulture),
            maxCharacters.ToString(CultureInfo.InvariantCulture));
    }

    protected override void WriteValue(string value, RuleTextWriter writer) => writer.Quoted(value);
}
