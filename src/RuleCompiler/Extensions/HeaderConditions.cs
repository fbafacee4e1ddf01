using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions;

/// <summary>What matches ask of the extension headers of an IPv6 packet.</summary>
/// <remarks>
/// Where conntrack runs, no rule sees a fragment header: packets are put together before raw, those too that are a fragment
/// by name only (net/ipv6/netfilter/nf_conntrack_reasm.c).
/// </remarks>
internal static class HeaderConditions
{
    private const int Values = 32;

    /// <summary>The last header begins in this packet: what looks into it fails in later fragments.</summary>
    public static Condition BeginsLast { get; } = Condition.Field(PacketField.IsLaterFragment, FieldSet.Of(0));

    /// <summary>The packet has a header, of whatever contents (net/ipv6/exthdrs_core.c, <c>ipv6_find_hdr</c>).</summary>
    public static Condition Has(ExtensionHeaders header) => Are(FieldSet.AnyBit((UInt128)(int)header));

    /// <summary>The headers that rules see are, as a set of bits, one of some.</summary>
    public static Condition Are(FieldSet wanted)
    {
        var reassembled = Enumerable.Range(0, Values)
            .Where(bits => wanted.Contains((UInt128)(bits & ~(int)ExtensionHeaders.Fragment)))
            .Select(bits => new Interval((UInt128)bits, (UInt128)bits)).ToList();
        var isSame = reassembled.Count == Enumerable.Range(0, Values).Count(bits => wanted.Contains((UInt128)bits))
            && reassembled.TrueForAll(bits => wanted.Contains(bits.Low));
        return isSame ? Condition.Field(PacketField.ExtensionHeaders, wanted) : Condition.AnyOf(
            Condition.AllOf(
                Condition.Field(PacketField.ExtensionHeaders, wanted), Condition.Field(PacketField.IsReassembled, FieldSet.Of(0))),
            Condition.AllOf(
                Condition.Field(PacketField.ExtensionHeaders, FieldSet.Union(reassembled)), Condition.Field(PacketField.IsReassembled, FieldSet.Of(1))));
    }
}
