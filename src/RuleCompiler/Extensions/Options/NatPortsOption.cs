namespace RuleCompiler.Extensions.Options;

/// <summary>Ports without an address: <c>--to-ports</c> of REDIRECT and MASQUERADE, which take no base.</summary>
internal sealed class NatPortsOption(string name) : OptionSpec<NatPorts>(name)
{
    protected override bool TryRead(OptionReader reader, out NatPorts value) =>
        NatPorts.TryRead(reader, reader.Bytes(), out value)
        && (value.Base is null || reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "a port or a range of ports without a base"));

    protected override void WriteValue(NatPorts value, RuleTextWriter writer) => writer.Word(value.ToString());
}
