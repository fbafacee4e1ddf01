namespace RuleCompiler.Extensions.Options;

/// <summary>A rate of packets: <c>5/min</c>.</summary>
/// <param name="name">The option's name.</param>
/// <param name="scale">Parts of a second in which the kernel keeps it, and so the fastest rate a second.</param>
internal sealed class RateOption(string name, uint scale) : OptionSpec<Rate>(name)
{
    protected override bool TryRead(OptionReader reader, out Rate value) =>
        (Rate.TryParse(reader.Text(), scale, out value) && value.Period > 0)
        || reader.Fail(OptionDiagnostics.BadValue, reader.Text(), $"a rate such as 5/min, at most {scale}/sec");

    protected override void WriteValue(Rate value, RuleTextWriter writer) => writer.Word(value.ToString());
}
