using System.Globalization;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>A connection's protocol by name or number, which prints as a number; 0, for all of them, is refused.</summary>
/// <remarks>Source: extensions/libxt_conntrack.c, <c>conntrack_mt_parse</c>, case <c>O_CTPROTO</c>.</remarks>
internal sealed class ConntrackProtocolOption(string name) : OptionSpec<ConntrackProtocolOption.Number>(name)
{
    protected override bool TryRead(OptionReader reader, out Number value)
    {
        var number = IpProtocol.Find(reader.Text());
        value = new Number(number ?? 0);
        return number is null ? reader.Fail(OptionDiagnostics.UnknownProtocol, reader.Text())
            : number != 0 || reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "one protocol: leave the option out for all");
    }

    protected override void WriteValue(Number value, RuleTextWriter writer) =>
        writer.Word(value.Value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A protocol number.</summary>
    internal readonly record struct Number(byte Value) : IFieldValue
    {
        public FieldSet ToFieldSet() => FieldSet.Of(Value);
    }
}
