using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Packets;

/// <summary>Prints a packet as an expression that reads back as the same packet.</summary>
internal static class PacketWriter
{
    public static string Write(Packet packet)
    {
        var result = new StringBuilder(80);
        result.Append(ClauseWords.PrintProtocol(packet.Protocol, packet.Family)).Append(' ').Append(packet.Source).Append(" -> ").Append(packet.Destination);
        foreach (var clause in packet.GivenClauses)
        {
            Append(result, packet, clause);
        }
        for (var clause = PacketClause.In; clause <= PacketClause.Match; clause++)
        {
            if (!packet.GivenClauses.Contains(clause) && IsNeeded(packet, clause))
            {
                Append(result, packet, clause);
            }
        }
        return result.ToString();
    }

    /// <summary>Whether a clause that was not given says what its absence would not.</summary>
    private static bool IsNeeded(Packet packet, PacketClause clause)
    {
        var isProcess = packet is { Socket: SocketKind.Process, InInterface: null };
        return clause switch
        {
            // One alone says that the other is 0; without either a packet has no socket.
            PacketClause.Uid => isProcess && (packet.Uid != 0 || !IsGiven(packet, PacketClause.Gid)),
            PacketClause.Gid => isProcess && (packet.Gid != 0 || !IsGiven(packet, PacketClause.Uid)),
            PacketClause.Socket => packet is { Socket: SocketKind.Kernel, InInterface: null },
            PacketClause.State => packet.State != ConntrackState.New,
            PacketClause.Dir => packet.IsReply,
            PacketClause.Mark => packet.Mark != MaskedNumber.Exact(0),
            PacketClause.CtMark => packet.ConnectionMark != MaskedNumber.Exact(0),
            PacketClause.Zone => packet.Zone != 0,
            PacketClause.Flags => packet is { Protocol: IpProtocol.Tcp, IsLaterFragment: false, TcpFlags: not TcpFlags.Syn },
            PacketClause.Type => !packet.IsLaterFragment && (packet.IcmpCode != 0 || packet.IcmpType != DefaultType(packet.Protocol)),
            PacketClause.TypeCode => false,
            PacketClause.Ttl => packet.Ttl != 64,
            PacketClause.Tos => packet.Tos != 0,
            _ => true,
        };
    }

    private static bool IsGiven(Packet packet, PacketClause clause) => packet.GivenClauses.Contains(clause);

    private static byte DefaultType(byte protocol) => protocol switch { IpProtocol.Icmp => 8, IpProtocol.IcmpV6 => 128, _ => 0 };

    /// <summary>Appends a clause, or nothing where the packet has no such value.</summary>
    private static void Append(StringBuilder result, Packet packet, PacketClause clause)
    {
        if (clause == PacketClause.Match)
        {
            foreach (var text in packet.Matches)
            {
                result.Append(" match ").Append(ClauseWords.Quote(text));
            }
        }
        else if (clause == PacketClause.Fragment)
        {
            result.Append(packet.IsLaterFragment ? " fragment" : "");
        }
        else if (Value(packet, clause) is { Length: > 0 } value)
        {
            result.Append(' ').Append(ClauseNames.Of(clause)).Append(' ').Append(value);
        }
    }

    /// <summary>A clause's value; null or empty where the packet has none.</summary>
    private static string? Value(Packet packet, PacketClause clause) => clause switch
    {
        PacketClause.In => Name(packet.InInterface),
        PacketClause.Out => Name(packet.OutInterface),
        PacketClause.Uid => Number(packet.Socket == SocketKind.Process ? packet.Uid : null),
        PacketClause.Gid => Number(packet.Socket == SocketKind.Process ? packet.Gid : null),
        PacketClause.Groups => string.Join(',', packet.Groups.Select(g => Number(g))),
        PacketClause.Socket => packet.Socket switch { SocketKind.None => "none", SocketKind.Kernel => "kernel", _ => null },
        PacketClause.State => ClauseWords.Print(packet.State),
        PacketClause.Dir => packet.IsReply ? "reply" : "original",
        PacketClause.CtStatus => packet.Status is { } status ? ClauseWords.Print(status) : null,
        PacketClause.Mark => Masked(packet.Mark),
        PacketClause.CtMark => Masked(packet.ConnectionMark),
        PacketClause.Zone => Number(packet.Zone),
        PacketClause.CtProto => packet.ConnectionProtocol is { } protocol ? ClauseWords.PrintProtocol(protocol, packet.Family) : null,
        PacketClause.CtOrig => Pair(packet.Original),
        PacketClause.CtRepl => Pair(packet.Reply),
        PacketClause.Nat => Pair(packet.Translation),
        PacketClause.Flags => packet.Protocol == IpProtocol.Tcp ? ClauseWords.Print(packet.TcpFlags) : null,
        PacketClause.Options => packet.TcpOptions.IsEmpty ? null : Kinds(packet.TcpOptions),
        PacketClause.Mss => Number(packet.MaximumSegmentSize),
        PacketClause.Chunks => packet.SctpChunks is { } chunks ? Kinds(chunks) : null,
        PacketClause.Type => packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6
            ? ClauseWords.PrintIcmpType(packet.Family, packet.IcmpType, packet.IcmpCode, IsGiven(packet, PacketClause.TypeCode))
            : null,
        PacketClause.TypeCode => null, // printed with the type
        PacketClause.Length => Number(packet.Length),
        PacketClause.Ttl => Number(packet.Ttl),
        PacketClause.Tos => Number(packet.Tos),
        PacketClause.ExtHdr => string.Join(',', packet.ExtensionHeaders),
        PacketClause.Mac => packet.MacSource is { } mac ? ClauseWords.PrintMac(mac) : null,
        PacketClause.Frame => packet.FrameKind is { } frame ? ClauseWords.Print(frame) : null,
        PacketClause.PhysIn => Name(packet.PhysicalIn),
        PacketClause.PhysOut => Name(packet.PhysicalOut),
        PacketClause.InSet => string.Join(',', packet.Sets.Select(Name)),
        _ => throw new UnreachableException(),
    };

    private static string Kinds(ImmutableArray<byte> kinds) => kinds.IsEmpty ? "NONE" : string.Join(',', kinds.Select(k => Number(k)));

    private static string? Number(uint? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string Masked(MaskedNumber number) => number.Mask == uint.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"0x{number.Value:x}")
        : string.Create(CultureInfo.InvariantCulture, $"0x{number.Value:x}/0x{number.Mask:x}");

    private static string? Pair(EndpointPair? pair) => pair is null ? null : $"{pair.Source} -> {pair.Destination}";

    private static string? Name(string? name) => name is null ? null : ClauseWords.PrintName(name);
}
