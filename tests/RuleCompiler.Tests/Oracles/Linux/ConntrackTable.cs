using System.Net;
using RuleCompiler.Tests.Oracles.Probes;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>The connection tracking table of a namespace.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/nfnetlink_conntrack.h; net/netfilter/nf_conntrack_netlink.c.</remarks>
internal sealed class ConntrackTable(NetlinkSocket socket)
{
    private const int Subsystem = 1;
    private const int New = 0;
    private const int Delete = 2;
    private const ushort Acknowledge = 4;
    private const ushort CreateOnly = 0x600;
    private const uint SeenReply = 1 << 1;
    private const uint Assured = 1 << 2;
    private const uint Confirmed = 1 << 3;
    private const byte SynSent = 1;
    private const byte Established = 3;
    private const byte BeLiberal = 8;

    /// <summary>Forgets all connections.</summary>
    public void Clear() => socket.Request(new NetlinkMessage(Subsystem, Delete, Acknowledge, 0));

    /// <summary>Puts in what must be known for the packet to have the state its expression says.</summary>
    /// <param name="packet">The packet to come.</param>
    /// <param name="zones">The zones in which the rules may look for its connection.</param>
    public void Prepare(ProbePacket packet, IReadOnlyList<ushort> zones)
    {
        foreach (var zone in zones)
        {
            Prepare(packet, zone);
        }
    }

    private void Prepare(ProbePacket packet, ushort zone)
    {
        const byte synAndAck = 2 | 16;
        if (packet.State == "RELATED")
        {
            Add(zone, ProbeFrame.RelatedFlow(packet), SeenReply | Assured | Confirmed, Established);
        }
        else if (packet.State == "ESTABLISHED" && packet.Protocol == ProbeProtocol.Tcp
            && (packet.Flags & synAndAck) == synAndAck)
        {
            // Only the answer to a SYN can be one; in the other direction the tracker calls it invalid.
            Add(zone, Answer(packet), Confirmed, SynSent);
        }
        else if (packet.State == "ESTABLISHED")
        {
            Add(zone, packet.IsReply ? Answer(packet) : packet, SeenReply | Assured | Confirmed, Established);
        }
    }

    private void Add(ushort zone, ProbePacket original, uint status, byte tcpState)
    {
        var message = new NetlinkMessage(Subsystem, New, Acknowledge | CreateOnly, (byte)(original.IsV6 ? 10 : 2))
            .Nest(1, tuple => PutTuple(tuple, original))
            .Nest(2, tuple => PutTuple(tuple, Answer(original)))
            .Put(3, status)
            .Put(7, 600u)
            .Put(18, zone);
        if (original.Protocol == ProbeProtocol.Tcp)
        {
            message.Nest(4, protocol => protocol.Nest(1, tcp => tcp
                .Put(1, tcpState)
                .Put(4, [BeLiberal, BeLiberal])
                .Put(5, [BeLiberal, BeLiberal])));
        }

        socket.Request(message);
    }

    private static ProbePacket Answer(ProbePacket packet) => packet with
    {
        Source = packet.Destination,
        SourcePort = packet.DestinationPort,
        Destination = packet.Source,
        DestinationPort = packet.SourcePort,
        IcmpType = packet.Protocol == ProbeProtocol.IcmpV6 ? (byte)129 : (byte)0,
    };

    private static void PutTuple(NetlinkMessage tuple, ProbePacket packet) => tuple
        .Nest(1, addresses => PutAddresses(addresses, packet.Source, packet.Destination))
        .Nest(2, protocol => PutProtocol(protocol, packet));

    private static void PutAddresses(NetlinkMessage tuple, IPAddress source, IPAddress destination)
    {
        var first = source.GetAddressBytes().Length == 4 ? 1 : 3;
        tuple.Put(first, source.GetAddressBytes()).Put(first + 1, destination.GetAddressBytes());
    }

    private static void PutProtocol(NetlinkMessage tuple, ProbePacket packet)
    {
        tuple.Put(1, packet.Protocol);
        if (packet.HasPorts)
        {
            tuple.Put(2, packet.SourcePort).Put(3, packet.DestinationPort);
        }
        else if (ProbeProtocol.IsIcmp(packet.Protocol))
        {
            var first = packet.Protocol == ProbeProtocol.Icmp ? 4 : 7;
            var request = (byte)(packet.Protocol == ProbeProtocol.Icmp ? 8 : 128);
            tuple.Put(first, (ushort)0x1234).Put(first + 1, packet.IcmpType ?? request).Put(first + 2, packet.IcmpCode);
        }
    }
}
