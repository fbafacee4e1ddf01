using RuleCompiler.Netfilter;

namespace RuleCompiler.Packets;

/// <summary>
/// What the rest of raw sees of a packet to which a CT rule has spoken: the rule's own template, an entry of no
/// connection, in place of the connection that conntrack is yet to find.
/// </summary>
/// <remarks>
/// Source: net/netfilter/xt_CT.c, <c>xt_ct_target</c>, which gives the packet the template as NEW, and
/// <c>xt_ct_tg_check</c>, which makes it: confirmed, everything else zero.
/// </remarks>
internal static class ConntrackTemplate
{
    public const ConntrackState State = ConntrackState.New;

    /// <summary>The value of a field from <see cref="PacketField.ConnectionMark"/> to <see cref="PacketField.ConntrackZone"/>.</summary>
    public static uint Value(PacketField field) => field switch
    {
        PacketField.ConntrackState => (uint)State,
        PacketField.ConntrackStatus => (uint)ConntrackStatus.Confirmed,
        _ => 0,
    };
}
