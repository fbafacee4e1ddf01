using System.Collections.Immutable;
using System.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>What each field of a packet is, where the packet stands now.</summary>
internal static class FieldReader
{
    private const uint AllStatusBits = 63;

    public static FieldValue Read(PacketState state, PacketField field) => field switch
    {
        PacketField.Protocol => FieldValue.Of((UInt128)Protocol(state)),
        PacketField.Source => FieldValue.Of(state.Source.Address.Value),
        PacketField.Destination => FieldValue.Of(state.Destination.Address.Value),
        PacketField.SourcePort => Port(state, state.Source.Port, state.RandomSourcePort, field),
        PacketField.DestinationPort => Port(state, state.Destination.Port, state.RandomDestinationPort, field),
        PacketField.InInterface => FieldValue.Of(Name(state.InInterface)),
        PacketField.OutInterface => FieldValue.Of(Name(state.OutInterface)),
        PacketField.PhysicalIn => PhysicalName(state, state.Packet.PhysicalIn),
        PacketField.PhysicalOut => PhysicalName(state, state.Packet.PhysicalOut),
        PacketField.PhysicalIsBridged => IsBridged(state) ? FieldValue.Of(state.Packet.PhysicalOut is not null) : FieldValue.Absent,
        PacketField.Length when state.Tcp is { } changed => changed.Length,
        PacketField.Length => state.Packet.Length is { } length ? FieldValue.Of((UInt128)(length - ReassembledBytes(state))) : FieldValue.AnyOf(field),
        PacketField.Ttl => FieldValue.Of((UInt128)state.Ttl),
        PacketField.Tos => FieldValue.Of((UInt128)state.Tos),
        PacketField.IsLaterFragment => FieldValue.Of(state.Packet.IsLaterFragment),
        PacketField.ExtensionHeaders => FieldValue.Of((UInt128)(int)Headers(state.Packet)),
        PacketField.IsReassembled => FieldValue.Of(state.GathersFragments && state.Packet.Family == Family.IPv6),
        PacketField.MacSource => Mac(state),
        PacketField.SourceIsOfFrame => SourceIsOfFrame(state),
        PacketField.FrameKind => FieldValue.Of((UInt128)(int)state.FrameKind),
        PacketField.Mark => FieldValue.Of(state.Mark),
        PacketField.Uid => IsOfProcess(state) ? FieldValue.Of((UInt128)state.Packet.Uid) : FieldValue.Absent,
        PacketField.Gid => IsOfProcess(state) ? FieldValue.Of((UInt128)state.Packet.Gid) : FieldValue.Absent,
        PacketField.Groups => IsOfProcess(state) ? FieldValue.Several : FieldValue.Absent,
        PacketField.HasSocket => HasSocket(state) ? FieldValue.Of(true) : FieldValue.Absent,
        PacketField.SourceAddressType => Type(state, state.Source, null),
        PacketField.DestinationAddressType => Type(state, state.Destination, null),
        PacketField.SourceAddressTypeOnIn => Type(state, state.Source, state.InInterface),
        PacketField.DestinationAddressTypeOnIn => Type(state, state.Destination, state.InInterface),
        PacketField.SourceAddressTypeOnOut => Type(state, state.Source, state.OutInterface),
        PacketField.DestinationAddressTypeOnOut => Type(state, state.Destination, state.OutInterface),
        PacketField.ReceivingSocket => Receiver(state),
        >= PacketField.ConnectionMark and <= PacketField.ConntrackZone => ReadConnection(state, field),
        _ => ReadTransport(state, field),
    };

    private static FieldValue ReadTransport(PacketState state, PacketField field)
    {
        var packet = state.Packet;
        var protocol = field switch
        {
            PacketField.TcpFlags or PacketField.TcpOptionsLow or PacketField.TcpOptionsHigh
                or PacketField.MaximumSegmentSize => packet.Protocol == IpProtocol.Tcp,
            PacketField.IcmpTypeCode => packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6,
            PacketField.SctpChunksLow or PacketField.SctpChunksHigh => packet.Protocol == IpProtocol.Sctp,
            _ => throw new UnreachableException(),
        };
        if (!protocol)
        {
            return FieldValue.Absent;
        }
        if (packet.IsLaterFragment)
        {
            // nf_tables takes the payload at that place for the header's flags; extensions look whether there is a header.
            return field == PacketField.TcpFlags && state.Flavour == Flavour.Nft ? FieldValue.AnyOf(field) : FieldValue.Absent;
        }
        return field switch
        {
            PacketField.TcpFlags => FieldValue.Of((UInt128)(int)(state.Tcp?.Flags ?? packet.TcpFlags)),
            PacketField.TcpOptionsLow when state.Tcp is { } changed => changed.OptionBits(0),
            PacketField.TcpOptionsHigh when state.Tcp is { } changed => changed.OptionBits(128),
            PacketField.MaximumSegmentSize when state.Tcp is { } changed => changed.SegmentSize,
            PacketField.TcpOptionsLow => FieldValue.Of(Bits(packet.TcpOptions, 0)),
            PacketField.TcpOptionsHigh => FieldValue.Of(Bits(packet.TcpOptions, 128)),
            PacketField.MaximumSegmentSize => FieldValue.Of(packet.MaximumSegmentSize),
            PacketField.IcmpTypeCode => FieldValue.Of((UInt128)((packet.IcmpType << 8) | packet.IcmpCode)),
            _ => packet.SctpChunks is { } chunks
                ? FieldValue.Of(Bits(chunks, field == PacketField.SctpChunksLow ? 0 : 128))
                : FieldValue.AnyOf(field),
        };
    }

    private static FieldValue ReadConnection(PacketState state, PacketField field)
    {
        var connection = state.Connection;
        if (field == PacketField.ConntrackState)
        {
            return FieldValue.Of((UInt128)(int)connection.State);
        }
        if (!connection.HasEntry)
        {
            return FieldValue.Absent;
        }
        if (connection.IsTemplate && field is not (PacketField.ConnectionMark or PacketField.ConntrackZone))
        {
            return FieldValue.Of((UInt128)ConntrackTemplate.Value(field));
        }
        return field switch
        {
            PacketField.ConnectionMark => FieldValue.Of(connection.Mark),
            PacketField.MarkDifference => FieldValue.Of(new MaskedNumber(state.Mark.Value ^ connection.Mark.Value, state.Mark.Mask & connection.Mark.Mask)),
            PacketField.ConntrackStatus => (connection.Status.Mask & AllStatusBits) == AllStatusBits
                ? FieldValue.Of((UInt128)connection.Status.Value)
                : FieldValue.Open(FieldKnowledge.Bits(
                    connection.Status.Value, connection.Status.Mask & AllStatusBits, AllStatusBits)),
            PacketField.ConntrackDirection =>
                connection.IsDirectionKnown ? FieldValue.Of(connection.IsReply) : FieldValue.AnyOf(field),
            PacketField.ConntrackProtocol =>
                connection.Protocol is { } protocol
                    ? FieldValue.Of((UInt128)protocol)
                    : FieldValue.Open(FieldKnowledge.Range(1, byte.MaxValue, byte.MaxValue)), // 0 is a template's
            PacketField.ConntrackZone => FieldValue.Of((UInt128)connection.Zone),
            PacketField.OriginalSource => Address(connection.Original?.Source, field),
            PacketField.OriginalDestination => Address(connection.Original?.Destination, field),
            PacketField.OriginalSourcePort => TrackedPort(connection.Original?.Source),
            PacketField.OriginalDestinationPort => TrackedPort(connection.Original?.Destination),
            PacketField.ReplySource => Address(connection.Reply?.Source, field),
            PacketField.ReplyDestination => Address(connection.Reply?.Destination, field),
            PacketField.ReplySourcePort when state.RandomDestinationPort is { } random => FieldValue.Open(random),
            PacketField.ReplyDestinationPort when state.RandomSourcePort is { } random => FieldValue.Open(random),
            PacketField.ReplySourcePort => TrackedPort(connection.Reply?.Source),
            PacketField.ReplyDestinationPort => TrackedPort(connection.Reply?.Destination),
            _ => throw new UnreachableException(),
        };

        FieldValue TrackedPort(Endpoint? end) => TrackedPorts.Read(state.Packet, connection.Protocol, end, field);
    }

    private static FieldValue Address(Endpoint? endpoint, PacketField field) =>
        endpoint is { } known ? FieldValue.Of(known.Address.Value) : FieldValue.AnyOf(field);

    /// <summary>Of a later fragment nf_tables takes the payload at that place for ports; x_tables sees none.</summary>
    private static FieldValue Port(PacketState state, ushort? port, FieldKnowledge? random, PacketField field) =>
        random is not null ? FieldValue.Open(random)
        : port is not null ? FieldValue.Of(port)
        : state.Packet.IsLaterFragment && state.Flavour == Flavour.Nft && IpProtocol.HasPorts(state.Packet.Protocol)
            ? FieldValue.AnyOf(field)
        : FieldValue.Absent;

    private static UInt128 Name(string? name) => name is null ? 0 : InterfaceName.Pack(name);

    private static bool IsBridged(PacketState state) => state.Packet.PhysicalIn is not null || state.Packet.PhysicalOut is not null;

    private static FieldValue PhysicalName(PacketState state, string? name) =>
        IsBridged(state) ? FieldValue.Of(Name(name)) : FieldValue.Absent;

    /// <summary>One bit for each of 128 kinds.</summary>
    private static UInt128 Bits(ImmutableArray<byte> kinds, int firstKind)
    {
        UInt128 bits = 0;
        foreach (var kind in kinds)
        {
            if (kind >= firstKind && kind < firstKind + 128)
            {
                bits |= UInt128.One << (kind - firstKind);
            }
        }
        return bits;
    }

    /// <summary>Only an arriving Ethernet frame has an address; <c>lo</c> is no Ethernet (net/netfilter/xt_mac.c).</summary>
    private static FieldValue Mac(PacketState state) =>
        state.Packet.InInterface is null or "lo" ? FieldValue.Absent
        : state.Packet.MacSource is { } mac ? FieldValue.Of((UInt128)mac)
        : FieldValue.AnyOf(PacketField.MacSource);

    /// <summary>nf_tables looks for the protocol no further than to an authentication header (nf_tables_ipv6.h).</summary>
    private static byte Protocol(PacketState state) =>
        state.Flavour == Flavour.Nft && Headers(state.Packet).HasFlag(ExtensionHeaders.Authentication) ? IpProtocol.Ah : state.Packet.Protocol;

    /// <summary>The headers told; a later fragment has one that says so, and what authenticates is no last header.</summary>
    private static ExtensionHeaders Headers(Packet packet)
    {
        if (packet.Family == Family.IPv4)
        {
            return ExtensionHeaders.None;
        }
        var headers = (packet.IsLaterFragment ? ExtensionHeaders.Fragment : ExtensionHeaders.None)
            | (packet.Protocol == IpProtocol.Ah ? ExtensionHeaders.Authentication : ExtensionHeaders.None);
        foreach (var name in packet.ExtensionHeaders)
        {
            headers |= (ExtensionHeaders)(FieldNames.FindBit(PacketField.ExtensionHeaders, name) ?? 0);
        }
        return headers;
    }

    /// <summary>What a packet that is a fragment by name only is shorter by where its fragment header is taken away.</summary>
    private static int ReassembledBytes(PacketState state) =>
        state.GathersFragments && Headers(state.Packet).HasFlag(ExtensionHeaders.Fragment) ? 8 : 0;

    /// <summary>Whether the lower half of the source is the frame's address with <c>ff:fe</c> in its middle and one bit the other way.</summary>
    private static FieldValue SourceIsOfFrame(PacketState state)
    {
        const ulong LocalBit = 0x0200_0000_0000_0000;
        const ulong Middle = 0xFF_FE00_0000;
        if (state.Packet.InInterface is null or "lo")
        {
            return FieldValue.Of(false);
        }
        return state.Packet.MacSource is not { } mac
            ? FieldValue.AnyOf(PacketField.SourceIsOfFrame)
            : FieldValue.Of((ulong)state.Source.Address.Value == ((((mac & 0xFFFF_FF00_0000) << 16) | Middle | (mac & 0xFF_FFFF)) ^ LocalBit));
    }

    private static bool HasSocket(PacketState state) =>
        state.Pass == 1 && state.Packet.InInterface is null && state.Packet.Socket != SocketKind.None;

    private static bool IsOfProcess(PacketState state) => HasSocket(state) && state.Packet.Socket == SocketKind.Process;

    private static FieldValue Type(PacketState state, Endpoint endpoint, string? onInterface) =>
        FieldValue.Of((UInt128)(int)state.Host.Routing.TypeOf(endpoint.Address, onInterface));

    /// <summary>
    /// The socket that TPROXY gave the packet to, else the listener that would take it; of a known connection the socket
    /// itself is not among the facts.
    /// </summary>
    private static FieldValue Receiver(PacketState state)
    {
        if (state.Proxy is { } proxy)
        {
            return Receiver(proxy);
        }
        if (state.Connection.State == ConntrackState.Established)
        {
            return FieldValue.AnyOf(PacketField.ReceivingSocket);
        }
        if (state.Destination.Port is not { } port
            || state.Host.FindListener(state.Packet.Protocol, state.Destination.Address, port) is not { } socket)
        {
            return FieldValue.Absent;
        }
        return Receiver(socket);
    }

    private static FieldValue Receiver(HostSocket socket) => FieldValue.Of((UInt128)(int)BitsOf(socket));

    /// <summary>What <c>-m socket</c> asks about a socket.</summary>
    public static ReceivingSocket BitsOf(HostSocket socket) => ReceivingSocket.Exists
        | (socket.Address.Value == 0 ? ReceivingSocket.Wildcard : 0)
        | (socket.IsTransparent ? ReceivingSocket.Transparent : 0);
}
