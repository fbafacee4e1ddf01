using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Packets;

/// <summary>Names of the values and bits of fields that are no plain numbers, as iptables writes them.</summary>
internal static class FieldNames
{
    private static readonly ImmutableArray<(UInt128 Value, string Name)> States =
    [
        ((int)ConntrackState.Invalid, "INVALID"), ((int)ConntrackState.New, "NEW"), ((int)ConntrackState.Related, "RELATED"),
        ((int)ConntrackState.Established, "ESTABLISHED"), ((int)ConntrackState.Untracked, "UNTRACKED"),
    ];

    private static readonly ImmutableArray<(UInt128 Value, string Name)> FrameKinds =
        [((int)FrameKind.Unicast, "unicast"), ((int)FrameKind.Broadcast, "broadcast"), ((int)FrameKind.Multicast, "multicast")];

    private static readonly ImmutableArray<(UInt128 Value, string Name)> Directions = [(0, "ORIGINAL"), (1, "REPLY")];

    private static readonly ImmutableArray<string> TcpFlagBits = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];

    private static readonly ImmutableArray<string> StatusBits = ["EXPECTED", "SEEN_REPLY", "ASSURED", "CONFIRMED", "SNAT", "DNAT"];

    private static readonly ImmutableArray<string> AddressTypeBits =
    [
        "UNSPEC", "UNICAST", "LOCAL", "BROADCAST", "ANYCAST", "MULTICAST",
        "BLACKHOLE", "UNREACHABLE", "PROHIBIT", "THROW", "NAT", "XRESOLVE",
    ];

    private static readonly ImmutableArray<string> HeaderBits = ["auth", "frag", "route", "dst", "hop"];

    private static readonly ImmutableArray<string> SocketBits = ["exists", "wildcard", "transparent"];

    /// <summary>Whether a packet has exactly one of a few named values.</summary>
    public static bool HasNamedValues(PacketField field) => !Values(field).IsEmpty;

    /// <summary>The named values in the order in which lists print them; empty for other fields.</summary>
    public static ImmutableArray<(UInt128 Value, string Name)> Values(PacketField field) => field switch
    {
        PacketField.ConntrackState => States,
        PacketField.FrameKind => FrameKinds,
        PacketField.ConntrackDirection => Directions,
        _ => [],
    };

    /// <summary>Whether the field is a set of bits, each with a name.</summary>
    public static bool HasNamedBits(PacketField field) =>
        IsOptionSet(field) || !Bits(field).IsEmpty;

    public static void WriteBit(Utf8Buffer buffer, PacketField field, int bit)
    {
        if (IsOptionSet(field))
        {
            buffer.AppendNumber(field is PacketField.TcpOptionsHigh or PacketField.SctpChunksHigh ? bit + 128 : bit);
        }
        else if (Bits(field) is var names && bit < names.Length)
        {
            buffer.Append(names[bit]);
        }
        else
        {
            buffer.AppendHex(UInt128.One << bit);
        }
    }

    /// <summary>Every value that an address's type can have.</summary>
    public static ImmutableArray<UInt128> AddressTypes { get; } = [0, .. Enumerable.Range(0, 12).Select(bit => UInt128.One << bit), 6];

    /// <summary>The names of bits, with commas between them; <c>NONE</c> for none.</summary>
    public static string NamesOf(PacketField field, uint bits) =>
        string.Join(',', Bits(field).Where((_, bit) => (bits >> bit & 1) == 1)) is { Length: > 0 } names ? names : "NONE";

    /// <summary>The bit of a name; null for another word.</summary>
    public static uint? FindBit(PacketField field, string name) =>
        Bits(field).IndexOf(name) is >= 0 and var bit ? 1u << bit : null;

    private static bool IsOptionSet(PacketField field) =>
        field is PacketField.TcpOptionsLow or PacketField.TcpOptionsHigh or PacketField.SctpChunksLow or PacketField.SctpChunksHigh;

    private static ImmutableArray<string> Bits(PacketField field) => field switch
    {
        PacketField.TcpFlags => TcpFlagBits,
        PacketField.ConntrackStatus => StatusBits,
        PacketField.ReceivingSocket => SocketBits,
        PacketField.ExtensionHeaders => HeaderBits,
        >= PacketField.SourceAddressType and <= PacketField.DestinationAddressTypeOnOut => AddressTypeBits,
        _ => [],
    };
}
