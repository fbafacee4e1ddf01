using System.Globalization;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>A connection's protocol by name or number; it prints as a number, and 0 is no 'any' but a number like others.</summary>
internal sealed class ProtocolNumberOption(string name) : OptionSpec<ProtocolNumberOption.Number>(name)
{
    /// <summary>Whether 0, with which no packet is, is refused.</summary>
    public bool RefusesZero { get; init; }

    protected override bool TryRead(OptionReader reader, out Number value)
    {
        var number = IpProtocol.Find(reader.Text());
        value = new Number(number ?? 0);
        return number is null ? reader.Fail(OptionDiagnostics.UnknownProtocol, reader.Text(), "")
            : number > 0 || !RefusesZero
            || reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "one protocol: leave the option out for all");
    }

    protected override void WriteValue(Number value, RuleTextWriter writer) =>
        writer.Word(value.Value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A protocol number.</summary>
    internal readonly record struct Number(byte Value) : IFieldValue
    {
        public FieldSet ToFieldSet() => FieldSet.Of(Value);
    }
}
