using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Makes readable packets of boxes: usual ports, addresses for documentation, the host's own where it must receive them.</summary>
internal sealed class WitnessPicker
{
    /// <summary>Usual names, all over the alphabet: one of them is in most ranges between the names that rules speak of.</summary>
    private static readonly string[] Interfaces = ["eth0", "eth1", "eth2", "br0", "docker0", "ens3", "tun0", "veth0", "wlan0", "lo"];

    private static readonly char[] Digits = [.. "0123456789"];

    private static readonly UInt128[] SourcePorts = [40000, 50000, 1024, 1023, 80, 53];

    private static readonly UInt128[] DestinationPorts = [80, 443, 22, 8080, 53, 8443, 3000, 9090, 30000, 50000, 1];

    private readonly SpaceLayout _layout;
    private readonly Routing _routing;
    private readonly HashSet<UInt128> _own;
    private readonly UInt128[] _others;
    private readonly (UInt128 Address, int Class)[] _destinationsHere;
    private readonly (UInt128 Address, int Class)[] _destinationsElsewhere;
    private readonly (UInt128 Address, int Class)[] _sourcesHere;
    private readonly (UInt128 Address, int Class)[] _sourcesElsewhere;
    private readonly UInt128[] _interfaces;

    public WitnessPicker(SpaceLayout layout, HostFacts host)
    {
        _layout = layout;
        _routing = Routing.Of(host);
        UInt128[] own =
        [
            .. host.Interfaces.SelectMany(device => device.Addresses).Where(prefix => prefix.Address.Family == layout.Family)
                .Select(prefix => prefix.Address.Value),
        ];
        _others = layout.Family == Family.IPv4
            ? [0xC6336407, 0xCB007109, 0x0A000009, 0xC0A80009, 0xAC100009, 0x0A000107, 0x08080808, 0x01010101, 0xDF000001]
            : [new UInt128(0x20010DB800000000, 7), new UInt128(0x20010DB800010000, 9), new UInt128(0xFD00000000000000, 9), new UInt128(0xFD00000000000001, 7)];
        _own = [.. own];
        UInt128[] reachable = [.. own.Where(address => !IsLoopback(address))];
        UInt128[] allHosts = [layout.Family == Family.IPv4 ? 0xE0000001 : new UInt128(0xFF02_0000_0000_0000, 1)]; // the one group that routing loses nothing to
        _destinationsHere = [.. reachable.Concat(own).Concat(_others).Concat(allHosts).Distinct().Select(Destination)];
        _destinationsElsewhere = [.. _others.Skip(1).Concat(_others).Concat(own).Concat(allHosts).Distinct().Select(Destination)];
        _sourcesHere = [.. reachable.Concat(_others).Distinct().Select(Source)];
        _sourcesElsewhere = [.. _others.Select(Source)];
        _interfaces = [.. host.Interfaces.Select(device => device.Name).Where(name => name != "lo").Concat(Interfaces).Select(InterfaceName.Pack)];

        (UInt128, int) Destination(UInt128 address) => (address, layout[PacketField.Destination].ClassOf(address));

        (UInt128, int) Source(UInt128 address) => (address, layout[PacketField.Source].ClassOf(address));
    }

    /// <summary>A packet of a box.</summary>
    /// <param name="box">The box, whose in-interface is there for all its packets or for none.</param>
    /// <param name="attempt">0 for the most usual packet; others for higher numbers, as far as there are.</param>
    /// <param name="isMarked">Whether marks shall not be 0, which much leaves as it is.</param>
    public Packet Pick(ulong[] box, int attempt, bool isMarked = false)
    {
        var protocol = (byte)Value(box, PacketField.Protocol, [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Icmp, IpProtocol.IcmpV6], 0);
        var isArriving = !Has(box, PacketField.InInterface, 0);
        var arrivesBy = isArriving ? Interface(box, PacketField.InInterface, attempt) : null;
        var staysHere = isArriving && Has(box, PacketField.OutInterface, 0);
        var isFragment = Value(box, PacketField.IsLaterFragment, [0], 0) == 1;
        var hasPorts = IpProtocol.HasPorts(protocol) && !isFragment;
        var destination = Address(box, PacketField.Destination, staysHere ? _destinationsHere : _destinationsElsewhere, attempt, null);
        var source = Address(box, PacketField.Source, isArriving ? _sourcesElsewhere : _sourcesHere, attempt, destination.Value);
        var state = (ConntrackState)(int)Value(box, PacketField.ConntrackState, [(int)ConntrackState.New, (int)ConntrackState.Established], 0);
        var isReply = HasEntry(state) && Value(box, PacketField.ConntrackDirection, [0], 0) == 1;
        var owner = OwnerOf(box);
        var marks = MarksOf(box, isMarked);
        var icmp = (int)Value(box, PacketField.IcmpTypeCode, [protocol == IpProtocol.IcmpV6 ? 128u << 8 : 8u << 8], 0);
        var packet = new Packet
        {
            Protocol = protocol,
            Source = new Endpoint(source, hasPorts ? (ushort)Value(box, PacketField.SourcePort, SourcePorts, 0) : null),
            Destination = new Endpoint(destination, hasPorts ? (ushort)Value(box, PacketField.DestinationPort, DestinationPorts, attempt / 8) : null),
            InInterface = arrivesBy,
            Socket = owner.Kind,
            Uid = owner.Uid,
            Gid = owner.Gid,
            State = state,
            IsReply = isReply,
            Status = StatusOf(box, state),
            Mark = MaskedNumber.Exact(marks.Packet),
            ConnectionMark = MaskedNumber.Exact(HasEntry(state) ? marks.Connection : 0),
            Zone = HasEntry(state) ? (ushort)Value(box, PacketField.ConntrackZone, [0], 0) : (ushort)0,
            TcpFlags = (TcpFlags)(int)Value(box, PacketField.TcpFlags, [(int)TcpFlags.Syn, (int)TcpFlags.Ack], 0, (int)TcpFlags.Syn),
            MaximumSegmentSize = protocol == IpProtocol.Tcp && Limited(box, PacketField.MaximumSegmentSize) is { } mss && !Has(box, mss, mss.AbsentClass)
                ? (ushort)Value(box, PacketField.MaximumSegmentSize, [1460], 0) : null,
            IcmpType = protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 ? (byte)(icmp >> 8) : (byte)0,
            IcmpCode = protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 ? (byte)icmp : (byte)0,
            Length = Limited(box, PacketField.Length) is null ? null : (ushort)Value(box, PacketField.Length, [60, 100, 1500], 0),
            Ttl = (byte)Value(box, PacketField.Ttl, [64], 0, 64),
            Tos = (byte)Value(box, PacketField.Tos, [0], 0),
            IsLaterFragment = isFragment,
            ExtensionHeaders = ClauseWords.HeaderNames((uint)Value(box, PacketField.ExtensionHeaders, [0], 0)),
            MacSource = arrivesBy is not (null or "lo") && Limited(box, PacketField.MacSource) is { } mac && HasPresent(box, mac)
                ? (ulong)Value(box, PacketField.MacSource, [0x020000000001], 0) : null,
            FrameKind = isArriving && Limited(box, PacketField.FrameKind) is not null ? (FrameKind)(int)Value(box, PacketField.FrameKind, [0], 0) : null,
            PhysicalIn = isArriving ? Physical(box, PacketField.PhysicalIn) : null,
            PhysicalOut = Physical(box, PacketField.PhysicalOut),
        };
        packet = HasEntry(state) ? WithConnection(box, packet) : packet;
        return packet with { OutInterface = OutOf(box, packet, staysHere, attempt) };
    }

    /// <summary>A packet with what the box asks of its connection, as far as that does not follow from the packet itself.</summary>
    private Packet WithConnection(ulong[] box, Packet packet)
    {
        var sent = new EndpointPair(packet.Source, packet.Destination);
        var answered = new EndpointPair(packet.Destination, packet.Source);
        var protocol = (byte)Value(box, PacketField.ConntrackProtocol, [packet.Protocol], 0, packet.Protocol);
        return packet with
        {
            ConnectionProtocol = protocol == packet.Protocol ? null : protocol,
            Original = DirectionOf(
                box, packet.IsReply ? answered : sent, PacketField.OriginalSource, PacketField.OriginalSourcePort,
                PacketField.OriginalDestination, PacketField.OriginalDestinationPort),
            Reply = DirectionOf(
                box, packet.IsReply ? sent : answered, PacketField.ReplySource, PacketField.ReplySourcePort,
                PacketField.ReplyDestination, PacketField.ReplyDestinationPort),
        };
    }

    /// <summary>One direction of the connection; null where it is the packet's own.</summary>
    private EndpointPair? DirectionOf(
        ulong[] box, EndpointPair own, PacketField source, PacketField sourcePort, PacketField destination, PacketField destinationPort)
    {
        var pair = new EndpointPair(End(own.Source, source, sourcePort), End(own.Destination, destination, destinationPort));
        return pair == own ? null : pair;

        Endpoint End(Endpoint end, PacketField address, PacketField port) => new(
            new IpAddress(_layout.Family, Value(box, address, [end.Address.Value], 0, end.Address.Value)),
            end.Port is { } number ? (ushort)Value(box, port, [number], 0, number) : null);
    }

    /// <summary>Those of arriving packets that come by <c>lo</c>, of which routing loses fewer; null where that is none or all.</summary>
    public ulong[]? ByLoopback(ulong[] box)
    {
        var input = _layout[PacketField.InInterface];
        var common = Boxes.Meet(box[input.Index], input.CodeOf(input.ClassOf(InterfaceName.Pack("lo"))), input.IsNarrow);
        if (common == Boxes.Nothing || common == box[input.Index])
        {
            return null;
        }
        ulong[] part = [.. box];
        part[input.Index] = common;
        return part;
    }

    private string? OutOf(ulong[] box, Packet packet, bool staysHere, int attempt)
    {
        var route = _routing.Find(packet.Destination.Address, packet.Mark.Value);
        var usual = route.Interface is { } name && Has(box, PacketField.OutInterface, InterfaceName.Pack(name)) ? name : null;
        if (staysHere)
        {
            // What routes would not deliver here is delivered where the packet says so.
            return route.Kind == RouteKind.Local ? null : usual ?? "lo";
        }
        // Where routes lead there anyway, nothing need be said.
        return packet.InInterface is null && usual is not null ? null : Interface(box, PacketField.OutInterface, attempt);
    }

    private bool IsLoopback(UInt128 address) => _layout.Family == Family.IPv4 ? address >> 24 == 127 : address == 1;

    private static bool HasEntry(ConntrackState state) => state is ConntrackState.New or ConntrackState.Established or ConntrackState.Related;

    private (SocketKind Kind, uint Uid, uint Gid) OwnerOf(ulong[] box)
    {
        var uid = _layout.Find(PacketField.Uid);
        var gid = _layout.Find(PacketField.Gid);
        var isProcess = (uid is not null && !Has(box, uid, uid.AbsentClass)) || (gid is not null && !Has(box, gid, gid.AbsentClass));
        if (isProcess)
        {
            return (SocketKind.Process, (uint)Value(box, PacketField.Uid, [1000, 0, 1337], 0, 1000), (uint)Value(box, PacketField.Gid, [1000, 0, 1337], 0, 1000));
        }
        return _layout.Find(PacketField.HasSocket) is { } socket && !Has(box, socket, socket.AbsentClass) ? (SocketKind.Kernel, 0u, 0u) : (SocketKind.None, 0u, 0u);
    }

    /// <summary>The status bits, where the box limits them and they do not follow from the state anyway.</summary>
    private ConntrackStatus? StatusOf(ulong[] box, ConntrackState state)
    {
        if (Limited(box, PacketField.ConntrackStatus) is not { } dimension || Has(box, dimension, dimension.AbsentClass))
        {
            return null;
        }
        var status = (ConntrackStatus)(int)Value(box, PacketField.ConntrackStatus, [], 0);
        return status == ConntrackStatus.None && state is not (ConntrackState.Established or ConntrackState.Related) ? null : status;
    }

    private (uint Packet, uint Connection) MarksOf(ulong[] box, bool isMarked)
    {
        uint mark = 0, other = 0;
        foreach (var part in _layout.MarkParts)
        {
            var (own, connection) = part.IsLimitedBy(box) ? part.Pick(box) : (Value(part.Packet), part.Connection is { } second ? Value(second) : 0);
            mark |= own;
            other |= connection;
        }
        return (mark, other);

        uint Value(MarkDimension part)
        {
            if (!isMarked && Has(box, part, part.ClassOf(0)))
            {
                return 0;
            }
            var classes = part.ClassesOf(box[part.Index]).Where(cls => cls != part.AbsentClass);
            var picked = isMarked ? classes.LastOrDefault(-1) : classes.FirstOrDefault(-1);
            return picked < 0 ? 0 : (uint)part.ValueOf(picked);
        }
    }

    private string? Physical(ulong[] box, PacketField field) =>
        Limited(box, field) is { } dimension && !Has(box, dimension, dimension.AbsentClass) && Name(box, dimension, 0) is var name && name != 0
            ? InterfaceName.Unpack(name) : null;

    private string Interface(ulong[] box, PacketField field, int attempt) => InterfaceName.Unpack(Name(box, _layout[field], attempt));

    private UInt128 Name(ulong[] box, Dimension dimension, int attempt)
    {
        var fitting = _interfaces.Where(name => Has(box, dimension, dimension.ClassOf(name))).ToList();
        if (fitting.Count > 0)
        {
            return fitting[(attempt / 4) % fitting.Count];
        }
        foreach (var (low, high) in dimension.SetsOf(box[dimension.Index]).SelectMany(set => set.Ranges))
        {
            // A name that a person could give: with a digit behind, or the range's first one.
            var name = InterfaceName.Unpack(low);
            var stem = name.TrimEnd(Digits);
            foreach (var candidate in (ReadOnlySpan<UInt128>)[.. stem.Length == 0 ? [] : Digits.Select(digit => InterfaceName.Pack($"{stem}{digit}")), low, InterfaceName.Pack($"{name}0"), high])
            {
                if (candidate != 0 && candidate >= low && candidate <= high && IsName(candidate))
                {
                    return candidate;
                }
            }
        }
        foreach (var (low, _) in dimension.SetsOf(box[dimension.Index]).SelectMany(set => set.Ranges))
        {
            var shortened = InterfaceName.Unpack(low);
            for (var length = 1; length <= shortened.Length; length++)
            {
                var next = (char)(shortened[length - 1] + 1);
                var candidate = InterfaceName.Pack(shortened[..(length - 1)] + next);
                if (IsName(candidate) && Has(box, dimension, dimension.ClassOf(candidate)))
                {
                    return candidate;
                }
            }
        }
        return dimension.SetsOf(box[dimension.Index])[0].Ranges[0].Low;
    }

    private static bool IsName(UInt128 packed) => InterfaceName.Unpack(packed) is var name && InterfaceName.Pack(name) == packed
        && name.Length > 0 && name.All(c => c is > ' ' and < (char)127);

    /// <param name="box">The box.</param>
    /// <param name="field">Source or destination.</param>
    /// <param name="preferred">Addresses to choose from, the best first.</param>
    /// <param name="attempt">How many of them to pass by.</param>
    /// <param name="otherEnd">The address of the other end, which two hosts do not share.</param>
    private IpAddress Address(ulong[] box, PacketField field, (UInt128 Address, int Class)[] preferred, int attempt, UInt128? otherEnd)
    {
        var dimension = _layout[field];
        var fitting = 0;
        foreach (var (address, cls) in preferred)
        {
            if (Has(box, dimension, cls) && (address != otherEnd || _own.Contains(address)) && fitting++ == attempt)
            {
                return new IpAddress(_layout.Family, address);
            }
        }
        var ranges = dimension.SetsOf(box[dimension.Index]).SelectMany(set => set.Ranges).ToList();
        var (low, high) = ranges[(attempt - fitting) % ranges.Count];
        return new IpAddress(_layout.Family, high - low > 16 && low == 0 ? UInt128.Min(high, _others[^1]) : high - low > 16 ? low + 9 : low);
    }

    private UInt128 Value(ulong[] box, PacketField field, ReadOnlySpan<UInt128> preferred, int attempt, UInt128 otherwise = default)
    {
        if (_layout.Find(field) is not { } dimension)
        {
            return preferred.Length > 0 ? preferred[0] : otherwise;
        }
        var skipped = 0;
        foreach (var value in preferred)
        {
            if (Has(box, dimension, dimension.ClassOf(value)) && skipped++ >= attempt)
            {
                return value;
            }
        }
        foreach (var cls in dimension.ClassesOf(box[dimension.Index]))
        {
            if (cls != dimension.AbsentClass)
            {
                return dimension.ValueOf(cls);
            }
        }
        return otherwise;
    }

    /// <summary>The dimension of a field that the box limits; null where it does not.</summary>
    private Dimension? Limited(ulong[] box, PacketField field) =>
        _layout.Find(field) is { } dimension && box[dimension.Index] != dimension.Full && box[dimension.Index] != dimension.Present ? dimension : null;

    private static bool HasPresent(ulong[] box, Dimension dimension) =>
        dimension.ClassesOf(box[dimension.Index]).Any(cls => cls != dimension.AbsentClass);

    private bool Has(ulong[] box, PacketField field, UInt128 value) => Has(box, _layout[field], _layout[field].ClassOf(value));

    private static bool Has(ulong[] box, Dimension dimension, int cls) =>
        cls >= 0 && Boxes.Meet(box[dimension.Index], dimension.CodeOf(cls), dimension.IsNarrow) != Boxes.Nothing;
}
