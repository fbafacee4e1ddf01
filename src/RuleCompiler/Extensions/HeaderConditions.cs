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
    private const int Width = 5;
    private const ExtensionHeaders AllButFragment = (ExtensionHeaders)((1 << Width) - 1) & ~ExtensionHeaders.Fragment;

    private static readonly Condition IsAsItCame = Condition.Field(PacketField.IsReassembled, FieldSet.Of(0));
    private static readonly Condition IsReassembled = Condition.Field(PacketField.IsReassembled, FieldSet.Of(1));

    /// <summary>The last header begins in this packet: what looks into it fails in later fragments.</summary>
    public static Condition BeginsLast { get; } = Condition.Field(PacketField.IsLaterFragment, FieldSet.Of(0));

    /// <summary>The packet has a header, of whatever contents (net/ipv6/exthdrs_core.c, <c>ipv6_find_hdr</c>).</summary>
    public static Condition Has(ExtensionHeaders header)
    {
        var isThere = Condition.Field(PacketField.ExtensionHeaders, FieldSet.AnyBit((byte)header));
        return header == ExtensionHeaders.Fragment ? Condition.AllOf(isThere, IsAsItCame) : isThere;
    }

    /// <summary>The packet has these headers and no others.</summary>
    public static Condition Are(ExtensionHeaders headers)
    {
        var exactly = Condition.Field(PacketField.ExtensionHeaders, FieldSet.Of((byte)headers));
        return headers.HasFlag(ExtensionHeaders.Fragment)
            ? Condition.AllOf(exactly, IsAsItCame)
            : Condition.AnyOf(exactly, Condition.AllOf(Condition.Field(
                PacketField.ExtensionHeaders, FieldSet.Masked((byte)headers, (byte)AllButFragment, Width)), IsReassembled));
    }
}
