using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>The values of fields that are asked for by bits, all of them, and how large the others are.</summary>
internal static class FieldValues
{
    private static readonly UInt128[] Bytes = [.. Enumerable.Range(0, 256).Select(value => (UInt128)value)];

    /// <summary>The usual flags first: SYN, SYN+ACK, ACK, FIN+ACK, RST.</summary>
    private static readonly UInt128[] TcpFlags = [.. ((UInt128[])[0x02, 0x12, 0x10, 0x18, 0x11, 0x04]).Union(Bytes)];

    /// <summary>64 hops, which most systems begin with, first.</summary>
    private static readonly UInt128[] Hops = [.. ((UInt128[])[64]).Union(Bytes)];

    private static readonly UInt128[] States =
    [
        (int)ConntrackState.New, (int)ConntrackState.Established, (int)ConntrackState.Related, (int)ConntrackState.Invalid,
        (int)ConntrackState.Untracked,
    ];

    private static readonly UInt128[] Statuses = [.. Enumerable.Range(0, 64).Select(value => (UInt128)value)];

    /// <summary>An address has one type; an IPv6 one of this host is unicast besides.</summary>
    private static readonly UInt128[] AddressTypes =
    [
        (int)AddressType.Unicast, (int)AddressType.Local, (int)AddressType.Broadcast, (int)AddressType.Multicast,
        (int)(AddressType.Local | AddressType.Unicast), (int)AddressType.Unspecified, (int)AddressType.Anycast,
        (int)AddressType.Blackhole, (int)AddressType.Unreachable, (int)AddressType.Prohibit, (int)AddressType.Throw, 0,
    ];

    private static readonly UInt128[] Sockets = [1, 3, 5, 7];

    private static readonly UInt128[] Truths = [0, 1];

    private static readonly UInt128[] Frames = [0, 1, 2];

    private static readonly UInt128[] Headers = [.. Enumerable.Range(0, 32).Select(value => (UInt128)value)];

    /// <summary>
    /// Whether packets have any number of values of the field, so that no box says which: rules' questions about it are unknowns.
    /// </summary>
    public static bool IsOfMany(PacketField field) => field is PacketField.Groups or PacketField.TcpOptionsLow or PacketField.TcpOptionsHigh
        or PacketField.SctpChunksLow or PacketField.SctpChunksHigh;

    /// <summary>All values of a field that is enumerated, the most usual first; null for one that is cut into intervals.</summary>
    public static UInt128[]? Of(PacketField field) => field switch
    {
        PacketField.TcpFlags => TcpFlags,
        PacketField.Tos => Bytes,
        PacketField.Ttl => Hops,
        PacketField.ConntrackState => States,
        PacketField.ConntrackStatus => Statuses,
        PacketField.SourceAddressType or PacketField.DestinationAddressType
            or PacketField.SourceAddressTypeOnIn or PacketField.DestinationAddressTypeOnIn
            or PacketField.SourceAddressTypeOnOut or PacketField.DestinationAddressTypeOnOut => AddressTypes,
        PacketField.ReceivingSocket => Sockets,
        PacketField.IsLaterFragment or PacketField.HasSocket or PacketField.ConntrackDirection
            or PacketField.PhysicalIsBridged or PacketField.IsReassembled => Truths,
        PacketField.ExtensionHeaders => Headers,
        PacketField.FrameKind => Frames,
        _ => null,
    };

    /// <summary>The largest value of a field.</summary>
    public static UInt128 MaxOf(PacketField field, Family family) => field switch
    {
        PacketField.Source or PacketField.Destination or PacketField.OriginalSource or PacketField.OriginalDestination
            or PacketField.ReplySource or PacketField.ReplyDestination when family == Family.IPv4 => uint.MaxValue,
        _ => PacketFieldInfo.Max(field),
    };
}
