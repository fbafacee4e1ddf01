using System.Diagnostics.CodeAnalysis;

namespace RuleCompiler.Extensions.Options;

/// <summary>A list of words with commas between, kept as given and printed without quotes.</summary>
internal sealed class TextListOption(string name) : OptionSpec<string>(name)
{
    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out string? value)
    {
        value = reader.Text();
        return value.Length > 0 && !value.Contains(' ', StringComparison.Ordinal)
            || reader.Fail(OptionDiagnostics.BadValue, value, "a list with commas between");
    }

    protected override void WriteValue(string value, RuleTextWriter writer) => writer.Word(value);
}
