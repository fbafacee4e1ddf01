using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>The packets that can enter a hook, as disjoint boxes: fields are there only where the kernel has them.</summary>
/// <remarks>
/// It keeps out what cannot exist (flags without TCP, a process behind an arriving packet), never what a machine merely
/// would not send. Later fragments are in it only where conntrack does not put packets together again first.
/// </remarks>
internal sealed class EntrySpace
{
    private const int HeaderBits = 5;

    private static readonly byte[] KnownProtocols =
    [
        IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.UdpLite, IpProtocol.Sctp, IpProtocol.Icmp, IpProtocol.IcmpV6, IpProtocol.Gre,
    ];

    private readonly SpaceLayout _layout;
    private readonly bool _hasFragments;
    private readonly bool _tellsTrackedPorts;
    private readonly ulong[][][] _boxes;

    /// <param name="layout">The dimensions.</param>
    /// <param name="hasFragments">Whether later fragments reach rules.</param>
    public EntrySpace(SpaceLayout layout, bool hasFragments)
    {
        (_layout, _hasFragments) = (layout, hasFragments);
        _tellsTrackedPorts = TrackedPorts.Any(field => layout.Find(field) is not null);
        _boxes = [.. NetfilterNames.Hooks.Select(hook => Build(hook).ToArray())];
    }

    /// <summary>What conntrack holds for the ports of a connection: 0 of protocols that it does not know.</summary>
    public static ImmutableArray<PacketField> TrackedPorts { get; } =
    [
        PacketField.OriginalSourcePort, PacketField.OriginalDestinationPort, PacketField.ReplySourcePort, PacketField.ReplyDestinationPort,
    ];

    /// <summary>The boxes of a hook; not to be changed.</summary>
    public ulong[][] At(Hook hook) => _boxes[(int)hook];

    private IEnumerable<ulong[]> Build(Hook hook) =>
        from protocol in Protocols()
        from header in Headers(protocol.Box, protocol.IsLaterFragment)
        from connection in Connections(header)
        from place in Places(connection, hook)
        from bridged in Bridges(place)
        from sender in Senders(bridged, hook)
        select sender;

    private IEnumerable<(ulong[] Box, bool IsLaterFragment)> Protocols()
    {
        var protocol = _layout[PacketField.Protocol];
        var rest = new List<ulong> { protocol.Full };
        foreach (var (kind, numbers) in ((ProtocolKind, byte[])[])
            [
                (ProtocolKind.Tcp, [IpProtocol.Tcp]),
                (ProtocolKind.Ports, [IpProtocol.Udp, IpProtocol.UdpLite, IpProtocol.Sctp]),
                (ProtocolKind.Ports, [IpProtocol.Dccp]), // which conntrack does not know: no box holds it and others
                (ProtocolKind.Icmp, [IpProtocol.Icmp]), // of each family alone: nat is asked about related packets of the other's
                (ProtocolKind.Icmp, [IpProtocol.IcmpV6]),
                .. _tellsTrackedPorts ? [(ProtocolKind.Other, [IpProtocol.Gre])] : Array.Empty<(ProtocolKind, byte[])>(),
            ])
        {
            var codes = new List<ulong>();
            protocol.AddCodes(FieldSet.Union(numbers.Select(number => new Interval(number, number))), codes);
            foreach (var code in codes)
            {
                yield return (OfKind(kind, code), false);
                rest = [.. rest.SelectMany(one => Difference(protocol, one, code))];
                if (_hasFragments)
                {
                    yield return (OfFragments(code), true);
                }
            }
        }
        foreach (var code in rest)
        {
            yield return (OfKind(ProtocolKind.Other, code), false);
            if (_hasFragments && _layout.Find(PacketField.IsLaterFragment) is { } fragment)
            {
                yield return (With(OfKind(ProtocolKind.Other, code), (fragment, fragment.CodeOf(fragment.ClassOf(1)))), true);
            }
        }
    }

    private ulong[] OfKind(ProtocolKind kind, ulong protocols)
    {
        ulong[] box = [.. _layout.Full];
        box[_layout[PacketField.Protocol].Index] = protocols;
        Limit(box, kind is ProtocolKind.Tcp or ProtocolKind.Ports, PacketField.SourcePort, PacketField.DestinationPort);
        Limit(box, kind == ProtocolKind.Tcp, PacketField.TcpFlags);
        if (kind != ProtocolKind.Tcp)
        {
            Limit(box, false, PacketField.MaximumSegmentSize); // a TCP segment may lack it
        }
        Limit(box, kind == ProtocolKind.Icmp, PacketField.IcmpTypeCode);
        if (_layout.Find(PacketField.IsLaterFragment) is { } fragment)
        {
            box[fragment.Index] = fragment.CodeOf(fragment.ClassOf(0));
        }
        return box;
    }

    /// <summary>What rules see of the bytes in place of a header differs by flavour: any value, or none.</summary>
    private ulong[] OfFragments(ulong protocols)
    {
        ulong[] box = [.. _layout.Full];
        box[_layout[PacketField.Protocol].Index] = protocols;
        Limit(box, false, PacketField.IcmpTypeCode, PacketField.MaximumSegmentSize);
        if (_layout.Find(PacketField.IsLaterFragment) is { } fragment)
        {
            box[fragment.Index] = fragment.CodeOf(fragment.ClassOf(1));
        }
        return box;
    }

    /// <summary>What extension headers go with: an authentication header with its protocol, that of fragments with a later one.</summary>
    private IEnumerable<ulong[]> Headers(ulong[] box, bool isLaterFragment)
    {
        if (_layout.Find(PacketField.IsReassembled) is { } reassembled)
        {
            box[reassembled.Index] = reassembled.CodeOf(reassembled.ClassOf(_hasFragments || _layout.Family == Family.IPv4 ? 0 : 1u));
        }
        if (_layout.Find(PacketField.ExtensionHeaders) is not { } headers)
        {
            return [box];
        }
        if (_layout.Family == Family.IPv4)
        {
            return [With(box, (headers, headers.CodeOf(headers.ClassOf(0))))];
        }
        var protocol = _layout[PacketField.Protocol];
        var authenticated = new List<ulong>();
        protocol.AddCodes(FieldSet.Of(IpProtocol.Ah), authenticated);
        var isOfAh = Boxes.Meet(box[protocol.Index], authenticated[0], protocol.IsNarrow) != Boxes.Nothing;
        ulong[][] others = [.. Difference(protocol, box[protocol.Index], authenticated[0]).Select(code => With(box, (protocol, code)))];
        return
        [
            .. isOfAh ? Headers(With(box, (protocol, authenticated[0])), headers, isLaterFragment, ExtensionHeaders.Authentication, ExtensionHeaders.None) : [],
            .. others.SelectMany(other => Headers(
                other, headers, isLaterFragment, ExtensionHeaders.None, _layout.SeesBehindAuthentication ? ExtensionHeaders.None : ExtensionHeaders.Authentication)),
        ];
    }

    private static IEnumerable<ulong[]> Headers(
        ulong[] box, Dimension dimension, bool isLaterFragment, ExtensionHeaders always, ExtensionHeaders never)
    {
        always |= isLaterFragment ? ExtensionHeaders.Fragment : ExtensionHeaders.None;
        var codes = new List<ulong>();
        dimension.AddCodes(FieldSet.Masked((byte)always, (byte)(always | never), HeaderBits), codes);
        return codes.Select(code => With(box, (dimension, code)));
    }

    /// <summary>Fields of the connection are there where it has an entry.</summary>
    private IEnumerable<ulong[]> Connections(ulong[] box)
    {
        var fields = _layout.Dimensions.Where(d => d.Field is >= PacketField.ConnectionMark and <= PacketField.ConntrackZone
            && d.Field != PacketField.ConntrackState).ToArray();
        if (fields.Length == 0)
        {
            return [box];
        }
        var state = _layout[PacketField.ConntrackState];
        var codes = new List<ulong>();
        state.AddCodes(FieldSet.AnyBit((int)(ConntrackState.New | ConntrackState.Established | ConntrackState.Related)), codes);
        ulong[] with = [.. box];
        ulong[] without = [.. box];
        with[state.Index] = codes[0];
        without[state.Index] &= ~codes[0];
        foreach (var field in fields)
        {
            with[field.Index] = field.Present;
            without[field.Index] = field.Absent;
        }
        if (_tellsTrackedPorts && HasNoTrackedPorts(box))
        {
            foreach (var port in TrackedPorts.Select(_layout.Find).OfType<Dimension>())
            {
                with[port.Index] = port.CodeOf(port.ClassOf(0));
            }
        }
        return [with, without];
    }

    /// <summary>Whether conntrack knows the box's protocols by their number alone; all of them, or none.</summary>
    private bool HasNoTrackedPorts(ulong[] box)
    {
        var protocol = _layout[PacketField.Protocol];
        return Array.TrueForAll(
            KnownProtocols,
            number => Boxes.Meet(box[protocol.Index], protocol.CodeOf(protocol.ClassOf(number)), protocol.IsNarrow) == Boxes.Nothing);
    }

    private IEnumerable<ulong[]> Places(ulong[] box, Hook hook)
    {
        var input = _layout[PacketField.InInterface];
        var output = _layout[PacketField.OutInterface];
        return hook switch
        {
            Hook.Prerouting or Hook.Input => [With(box, Named(input), None(output))],
            Hook.Forward => [With(box, Named(input), Named(output))],
            Hook.Output => Sent(box, input, output),
            _ => [.. Sent(box, input, output), With(box, Named(input), Named(output))],
        };
    }

    /// <summary>What this host sends came in no frame and by no port of a bridge.</summary>
    private IEnumerable<ulong[]> Sent(ulong[] box, Dimension input, Dimension output)
    {
        var sent = With(box, None(input), Named(output));
        Limit(sent, false, PacketField.MacSource);
        if (_layout.Find(PacketField.PhysicalIn) is not { } port)
        {
            return [sent];
        }
        var codes = new List<ulong>();
        port.AddCodes(FieldSet.Of(0).WithAbsent(true), codes);
        return codes.Select(code => With(sent, (port, code)));
    }

    /// <summary>Of a packet that passes a bridge both ports are there, if only as 'not chosen'; of another neither is.</summary>
    private IEnumerable<ulong[]> Bridges(ulong[] box)
    {
        var ports = _layout.Dimensions.Where(d => d.Field is PacketField.PhysicalIn or PacketField.PhysicalOut or PacketField.PhysicalIsBridged).ToArray();
        if (ports.Length < 2)
        {
            return [box];
        }
        return ((Func<Dimension, ulong>[])[port => port.Present, port => port.Absent])
            .Select(code => With(box, [.. ports.Select(port => (port, Boxes.Meet(box[port.Index], code(port), port.IsNarrow)))]))
            .Where(part => Array.TrueForAll(ports, port => part[port.Index] != Boxes.Nothing));
    }

    /// <summary>Who sent it: nobody here, the kernel, or a process.</summary>
    private IEnumerable<ulong[]> Senders(ulong[] box, Hook hook)
    {
        var owner = _layout.Dimensions.Where(d => d.Field is PacketField.Uid or PacketField.Gid).ToArray();
        var socket = _layout.Find(PacketField.HasSocket);
        if (owner.Length == 0 && socket is null)
        {
            return [box];
        }
        var nobody = With(box, [.. owner.Select(d => (d, d.Absent)), .. socket is null ? [] : new[] { (socket, socket.Absent) }]);
        if (hook is not (Hook.Output or Hook.Postrouting) || box[_layout[PacketField.InInterface].Index] != None(_layout[PacketField.InInterface]).Item2)
        {
            return [nobody];
        }
        var process = With(box, [.. owner.Select(d => (d, d.Present)), .. socket is null ? [] : new[] { (socket, socket.CodeOf(socket.ClassOf(1))) }]);
        // Where no user is asked for, nothing tells the kernel's own sockets from those of processes.
        return socket is null || owner.Length == 0 ? [nobody, process]
            : [nobody, With(nobody, (socket, socket.CodeOf(socket.ClassOf(1)))), process];
    }

    private void Limit(ulong[] box, bool isThere, params ReadOnlySpan<PacketField> fields)
    {
        foreach (var field in fields)
        {
            if (_layout.Find(field) is { } dimension)
            {
                box[dimension.Index] = isThere ? dimension.Present : dimension.Absent;
            }
        }
    }

    private static (Dimension, ulong) None(Dimension iface) => (iface, iface.CodeOf(iface.ClassOf(0)));

    private static (Dimension, ulong) Named(Dimension iface)
    {
        var codes = new List<ulong>();
        iface.AddDifference(iface.Full, None(iface).Item2, codes);
        return (iface, codes[0]);
    }

    private static ulong[] With(ulong[] box, params ReadOnlySpan<(Dimension Dimension, ulong Code)> codes)
    {
        ulong[] copy = [.. box];
        foreach (var (dimension, code) in codes)
        {
            copy[dimension.Index] = code;
        }
        return copy;
    }

    private static List<ulong> Difference(Dimension dimension, ulong code, ulong without)
    {
        if (Boxes.Meet(code, without, dimension.IsNarrow) == Boxes.Nothing)
        {
            return [code];
        }
        var codes = new List<ulong>();
        dimension.AddDifference(code, without, codes);
        return codes;
    }

    private enum ProtocolKind
    {
        Tcp,
        Ports,
        Icmp,
        Other,
    }
}
