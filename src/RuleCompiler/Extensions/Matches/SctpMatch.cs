using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m sctp</c>: ports of an SCTP packet, and the types of its chunks.</summary>
/// <remarks>
/// Source: net/netfilter/xt_sctp.c; iptables-extensions(8), sctp. A packet does not tell the flags of its chunks, so
/// a test of them is unknown.
/// </remarks>
internal sealed class SctpMatch() : PortMatch("sctp", IpProtocol.Sctp, ChunkTypes)
{
    private static readonly ChunkTypesOption ChunkTypes = new("--chunk-types") { IsNegatable = true };

    protected override Condition LowerOwn(BoundMatch match)
    {
        if (!match.TryGet(ChunkTypes, out var test))
        {
            return Condition.Always;
        }
        if (test.HasFlags)
        {
            var unknown = Condition.Unknown(Name, $"{Name} {ChunkTypes.Name} {test}", isStateful: false);
            return match.IsNegated(ChunkTypes) ? Condition.Not(unknown) : unknown;
        }
        var low = Test(PacketField.SctpChunksLow, test.Kind, test.LowTypes);
        var high = Test(PacketField.SctpChunksHigh, test.Kind, test.HighTypes);
        var condition = test.Kind == ChunkTypeTest.Quantifier.Any ? Condition.AnyOf(low, high) : Condition.AllOf(low, high);
        return match.IsNegated(ChunkTypes)
            ? Condition.AllOf(Condition.Field(PacketField.SctpChunksLow, FieldSet.Present), Condition.Not(condition))
            : condition;
    }

    private static Condition Test(PacketField field, ChunkTypeTest.Quantifier kind, UInt128 types) => Condition.Field(
        field,
        kind switch
        {
            ChunkTypeTest.Quantifier.Any => types == 0 ? FieldSet.Empty : FieldSet.AnyBit(types),
            ChunkTypeTest.Quantifier.All => FieldSet.Masked(types, types, 128),
            _ => FieldSet.Masked(0, ~types, 128),
        });
}
