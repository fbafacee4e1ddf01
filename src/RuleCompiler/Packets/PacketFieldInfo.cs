namespace RuleCompiler.Packets;

/// <summary>What is fixed about each field: its name in tables, and how many bits its value has.</summary>
internal static class PacketFieldInfo
{
    /// <summary>Number of fields.</summary>
    public const int Count = (int)PacketField.ReceivingSocket + 1;

    /// <summary>Whether a field is a mark, of which rules ask for some bits each.</summary>
    public static bool IsMark(PacketField field) => field is PacketField.Mark or PacketField.ConnectionMark or PacketField.MarkDifference;

    /// <summary>The largest value of a field; for addresses that of the family is chosen by the caller's sets.</summary>
    public static UInt128 Max(PacketField field) => field switch
    {
        PacketField.Protocol or PacketField.TcpFlags or PacketField.Ttl or PacketField.Tos
            or PacketField.ConntrackProtocol => byte.MaxValue,
        PacketField.SourcePort or PacketField.DestinationPort or PacketField.MaximumSegmentSize
            or PacketField.IcmpTypeCode or PacketField.Length or PacketField.ConntrackZone
            or PacketField.OriginalSourcePort or PacketField.OriginalDestinationPort
            or PacketField.ReplySourcePort or PacketField.ReplyDestinationPort => ushort.MaxValue,
        PacketField.Mark or PacketField.ConnectionMark or PacketField.MarkDifference or PacketField.Uid or PacketField.Gid
            or PacketField.Groups => uint.MaxValue,
        PacketField.MacSource => 0xFFFF_FFFF_FFFF,
        PacketField.IsLaterFragment or PacketField.HasSocket or PacketField.ConntrackDirection
            or PacketField.PhysicalIsBridged or PacketField.IsReassembled or PacketField.SourceIsOfFrame => 1,
        PacketField.FrameKind => 2,
        PacketField.ConntrackState or PacketField.ExtensionHeaders => 31,
        PacketField.ConntrackStatus => 63,
        PacketField.ReceivingSocket => 7,
        PacketField.SourceAddressType or PacketField.DestinationAddressType
            or PacketField.SourceAddressTypeOnIn or PacketField.DestinationAddressTypeOnIn
            or PacketField.SourceAddressTypeOnOut or PacketField.DestinationAddressTypeOnOut => 0xFFF,
        _ => UInt128.MaxValue,
    };

    /// <summary>Whether every packet has the field, so that what a set says of 'absent' means nothing.</summary>
    public static bool IsAlwaysPresent(PacketField field) => field is PacketField.Protocol
        or PacketField.Source or PacketField.Destination or PacketField.InInterface or PacketField.OutInterface
        or PacketField.Length or PacketField.Ttl or PacketField.Tos or PacketField.IsLaterFragment or PacketField.FrameKind
        or PacketField.ExtensionHeaders or PacketField.IsReassembled or PacketField.SourceIsOfFrame
        or PacketField.Mark or PacketField.ConntrackState
        or >= PacketField.SourceAddressType and <= PacketField.DestinationAddressTypeOnOut;

    /// <summary>The short name that decision tables print.</summary>
    public static string Name(PacketField field) => field switch
    {
        PacketField.Protocol => "proto",
        PacketField.Source => "src",
        PacketField.Destination => "dst",
        PacketField.SourcePort => "sport",
        PacketField.DestinationPort => "dport",
        PacketField.InInterface => "in",
        PacketField.OutInterface => "out",
        PacketField.PhysicalIn => "physin",
        PacketField.PhysicalOut => "physout",
        PacketField.PhysicalIsBridged => "bridged",
        PacketField.TcpFlags => "flags",
        PacketField.TcpOptionsLow or PacketField.TcpOptionsHigh => "options",
        PacketField.MaximumSegmentSize => "mss",
        PacketField.IcmpTypeCode => "type",
        PacketField.SctpChunksLow or PacketField.SctpChunksHigh => "chunks",
        PacketField.Length => "length",
        PacketField.Ttl => "ttl",
        PacketField.Tos => "tos",
        PacketField.IsLaterFragment => "fragment",
        PacketField.ExtensionHeaders => "exthdr",
        PacketField.IsReassembled => "reassembled",
        PacketField.SourceIsOfFrame => "eui64",
        PacketField.MacSource => "mac",
        PacketField.FrameKind => "frame",
        PacketField.Mark => "mark",
        PacketField.ConnectionMark => "ctmark",
        PacketField.MarkDifference => "mark^ctmark",
        PacketField.ConntrackState => "state",
        PacketField.ConntrackStatus => "ctstatus",
        PacketField.ConntrackDirection => "dir",
        PacketField.ConntrackProtocol => "ctproto",
        PacketField.OriginalSource => "ctorigsrc",
        PacketField.OriginalDestination => "ctorigdst",
        PacketField.OriginalSourcePort => "ctorigsport",
        PacketField.OriginalDestinationPort => "ctorigdport",
        PacketField.ReplySource => "ctreplsrc",
        PacketField.ReplyDestination => "ctrepldst",
        PacketField.ReplySourcePort => "ctreplsport",
        PacketField.ReplyDestinationPort => "ctrepldport",
        PacketField.ConntrackZone => "zone",
        PacketField.Uid => "uid",
        PacketField.Gid => "gid",
        PacketField.Groups => "groups",
        PacketField.HasSocket => "socket",
        PacketField.SourceAddressType => "srctype",
        PacketField.DestinationAddressType => "dsttype",
        PacketField.SourceAddressTypeOnIn => "srctype@in",
        PacketField.DestinationAddressTypeOnIn => "dsttype@in",
        PacketField.SourceAddressTypeOnOut => "srctype@out",
        PacketField.DestinationAddressTypeOnOut => "dsttype@out",
        PacketField.ReceivingSocket => "rcvsocket",
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}
