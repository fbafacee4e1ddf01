using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Firewalls that keep the news from senders that their packets are too large.</summary>
internal sealed class PathMtuDroppedAnalyzer : LintAnalyzer
{
    public static DiagnosticDescriptor PathMtuDropped { get; } = new("IPT3020", DiagnosticSeverity.Warning)
    {
        Title = "'Packet too big' is stopped",
        Message = "The message that a packet of an accepted connection is too large for its path is stopped here",
        Explanation = """
            Senders learn from ICMP how large packets may be on a path (IPv4 type 3 code 4, IPv6 type 2; RFC 1191, RFC 8201).
            Where these messages are stopped, connections open and then hang as soon as much is sent. conntrack knows them
            as RELATED to their connection: accept that before ICMP is stopped.
            """,
        Example = """
            *filter
            :INPUT ACCEPT [0:0]
            [|-A INPUT -p icmp -j DROP|]
            -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            -A INPUT -p icmp -j DROP
            COMMIT
            """,
    };

    /// <summary>Messages that one rule stops for which usual segments are tried.</summary>
    private const int MostTried = 16;

    private static readonly Hook[] ForHost = [Hook.Prerouting, Hook.Input];

    private static readonly Hook[] Onward = [Hook.Prerouting, Hook.Forward, Hook.Postrouting];

    public override ImmutableArray<LintCheck> Checks { get; } = [new(PathMtuDropped, "path-mtu-dropped")];

    public override IEnumerable<Finding> Analyze(LintContext context)
    {
        var found = new SortedDictionary<int, Finding>();
        var hull = MessagesOf(context.Family);
        var slice = RulesetSlice.Of(context, hull);
        var places = new ForwardingPlaces(context).All;
        var messages = hull.FromUnnamedCards(slice).ToCondition(slice.Asks);
        List<Condition> spaces = [.. places.Select(place => Condition.AllOf(messages, place))];
        try
        {
            var probe = new SpaceProbe(context, slice.Rules, spaces);
            var open = new List<Condition>();
            for (var place = 0; place < spaces.Count; place++)
            {
                probe.Begin();
                if (LeavesOpen(context, probe, spaces[place], found, slice.StoppingChains(place == 0 ? ForHost : Onward)))
                {
                    open.Add(places[place]);
                }
            }
            if (open.Count > 0)
            {
                LookAtSegments(context, found, open);
            }
        }
        catch (OutOfStepsException)
        {
            context.GiveUp("whether messages that packets are too large are stopped");
        }
        return found.Values;
    }

    /// <summary>Looks for what stops messages of a place, trying usual segments, until each chain that may is told.</summary>
    /// <returns>Whether some rule stops messages on whose way no usual segment passes.</returns>
    private static bool LeavesOpen(
        LintContext context, SpaceProbe probe, Condition space, SortedDictionary<int, Finding> found, IReadOnlyList<ChainSymbol> stopping)
    {
        if (stopping.All(chain => IsTold(found, chain)))
        {
            return false;
        }
        var tries = new Dictionary<Taker, int>();
        var settled = new HashSet<Taker>();
        foreach (var (box, by) in probe.StoppedParts(space))
        {
            var taker = by.GetValueOrDefault();
            if (settled.Contains(taker) || IsTold(found, taker.Chain) || (tries[taker] = tries.GetValueOrDefault(taker) + 1) > MostTried)
            {
                continue;
            }
            // Mostly a usual segment passes where a message is stopped; only else all segments are looked at.
            if (probe.TraceOf(box, HostPackets.IsStopped) is { } message && Report(context, found, message, UsualSegments(context, message)))
            {
                settled.Add(taker);
                if (stopping.All(chain => IsTold(found, chain)))
                {
                    return false;
                }
            }
        }
        return tries.Keys.Any(taker => !settled.Contains(taker) && !IsTold(found, taker.Chain));
    }

    /// <summary>Whether another rule of the chain is told already: what lets messages pass goes before both.</summary>
    private static bool IsTold(SortedDictionary<int, Finding> found, ChainSymbol? chain) => found.Values.Any(finding => finding.Chain == chain);

    /// <summary>For each rule that stops messages, segments of all kinds on the way of one of them.</summary>
    private static void LookAtSegments(LintContext context, SortedDictionary<int, Finding> found, IReadOnlyList<Condition> places)
    {
        var slice = RulesetSlice.Of(context, Hull(context.Family));
        var message = MessagesOf(context.Family).FromUnnamedCards(slice).ToCondition(slice.Asks);
        List<Condition> segments = [.. Segments(context.Family).Select(kind => kind.FromUnnamedCards(slice).ToCondition(slice.Asks))];
        var probe = new SpaceProbe(context, slice.Rules, [message, .. segments, .. places]);
        foreach (var place in places)
        {
            var boxes = segments.SelectMany(segment => probe.BoxesOf(Condition.AllOf(segment, place))).ToList();
            probe.Begin();
            foreach (var stopped in probe.StoppedParts(Condition.AllOf(message, place)).GroupBy(part => part.By).Where(parts => !IsTold(found, parts.Key?.Chain)))
            {
                _ = stopped.Any(part => probe.DeliveredParts(boxes.Select(box => probe.OnTheWayOf(box, part.Box)).OfType<ulong[]>()).Any(passing => Look(passing, part.Box)));
            }
        }

        bool Look(ulong[] passing, ulong[] stopped) => probe.OnTheWayOf(stopped, passing) is { } both
            && probe.TraceOf(both, HostPackets.IsStopped) is { } trace
            && probe.TraceOf(passing, HostPackets.IsDelivered, segment => OnTheWayOf(segment, trace.Packet)) is { } passed
            && Report(context, found, trace, [passed.Packet]);
    }

    /// <summary>Reports what stops a message, once, where one of some segments on its way passes.</summary>
    /// <returns>Whether that is reported.</returns>
    private static bool Report(LintContext context, SortedDictionary<int, Finding> found, Trace stopped, IEnumerable<Packet> segments)
    {
        var packets = context.Packets;
        if (packets.Report(PathMtuDropped, stopped) is not { } finding || found.ContainsKey(finding.Location.Span.Start))
        {
            return true;
        }
        if (segments.Select(segment => packets.Probe.Always(segment, HostPackets.IsDelivered))
            .FirstOrDefault(trace => trace is not null && IsAnswered(packets, trace.Packet)) is not { } passed)
        {
            return false;
        }
        found[finding.Location.Span.Start] = finding with { Because = [.. packets.Cause(passed, "accepts the connection")] };
        return true;
    }

    /// <summary>Whether what is passed on can come back too: else there is no connection.</summary>
    private static bool IsAnswered(HostPackets packets, Packet segment) => segment.OutInterface is null or "lo"
        || packets.Probe.Always(
            segment with
            {
                Source = segment.Destination,
                Destination = segment.Source,
                InInterface = segment.OutInterface,
                OutInterface = segment.InInterface,
                IsReply = !segment.IsReply,
            },
            HostPackets.IsDelivered) is not null;

    /// <summary>Segments of connections that may be open, to which the message is RELATED: answers of a server, and what clients send.</summary>
    private static IEnumerable<Packet> UsualSegments(LintContext context, Trace message) => context.Packets.Ports
        .Select(port => HostPackets.Opening(IpProtocol.Tcp, message.Packet.Source.Address, message.Packet.Destination.Address, port) with { State = ConntrackState.Established })
        .Prepend(HostPackets.Answer(HostPackets.Opening(IpProtocol.Tcp, message.Packet.Destination.Address, message.Packet.Source.Address, 443), [], null))
        .Select(segment => OnTheWayOf(segment with { TcpFlags = TcpFlags.Ack }, message.Packet));

    /// <summary>The segment to where a message goes, by the same interfaces.</summary>
    private static Packet OnTheWayOf(Packet segment, Packet message) => segment with
    {
        Source = segment.Source with { Address = message.Source.Address },
        Destination = segment.Destination with { Address = message.Destination.Address },
        InInterface = message.InInterface,
        OutInterface = message.OutInterface,
    };

    private static PacketLimits MessagesOf(Family family) => Hull(family)
        .With(PacketField.Protocol, family == Family.IPv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6)
        .With(PacketField.ConntrackState, (int)ConntrackState.Related).Without(PacketField.TcpFlags);

    /// <summary>The messages, and the segments of connections.</summary>
    private static PacketLimits Hull(Family family) => HostPackets.UsualOfConnection
        .With(PacketField.Protocol, FieldSet.Union([Value(IpProtocol.Tcp), Value(family == Family.IPv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6)]))
        .With(PacketField.ConntrackState, FieldSet.Union([Value((int)ConntrackState.Established), Value((int)ConntrackState.Related)]))
        .With(PacketField.IcmpTypeCode, family == Family.IPv4 ? (3u << 8) | 4 : 2u << 8)
        .With(PacketField.TcpFlags, (int)TcpFlags.Ack)
        .With(PacketField.Source, FieldSet.Range(ForwardingPlaces.UnicastOf(family)));

    /// <summary>What servers answer, and what clients send.</summary>
    private static PacketLimits[] Segments(Family family)
    {
        var all = HostPackets.UsualOfConnection.With(PacketField.Protocol, IpProtocol.Tcp).With(PacketField.ConntrackState, (int)ConntrackState.Established)
            .With(PacketField.TcpFlags, (int)TcpFlags.Ack).With(PacketField.Source, FieldSet.Range(ForwardingPlaces.UnicastOf(family)));
        var (openers, ports) = (FieldSet.Range(HostPackets.OpenerPorts), FieldSet.Range(1, ushort.MaxValue));
        return
        [
            all.With(PacketField.DestinationPort, openers).With(PacketField.SourcePort, ports).With(PacketField.ConntrackDirection, 1),
            all.With(PacketField.SourcePort, openers).With(PacketField.DestinationPort, ports).With(PacketField.ConntrackDirection, 0),
        ];
    }

    private static Interval Value(UInt128 value) => new(value, value);
}
