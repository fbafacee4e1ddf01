using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>One whole number that prints in quotes.</summary>
/// <param name="name">The option's name.</param>
/// <param name="max">Largest number allowed.</param>
internal sealed class QuotedNumberOption(string name, ulong max) : OptionSpec<ulong>(name)
{
    protected override bool TryRead(OptionReader reader, out ulong value) =>
        XtablesNumber.TryParse(reader.Bytes(), max, out value)
        || reader.Fail(OptionDiagnostics.BadNumber, reader.Text(), "0", max.ToString(CultureInfo.InvariantCulture));

    protected override void WriteValue(ulong value, RuleTextWriter writer) =>
        writer.Word(string.Create(CultureInfo.InvariantCulture, $"\"{value}\""));
}
