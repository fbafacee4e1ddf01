namespace RuleCompiler.Extensions.Options;

/// <summary>One port, by number or service name.</summary>
internal sealed class PortOption(string name) : OptionSpec<ulong>(name)
{
    protected override bool TryRead(OptionReader reader, out ulong value) =>
        PortRangeOption.TryResolvePort(reader.Bytes(), out value)
        || reader.Fail(OptionDiagnostics.BadPort, reader.Text(), "");

    protected override void WriteValue(ulong value, RuleTextWriter writer) => writer.Number(value);
}
