using System.Collections.Immutable;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>The packets that every host lives by, and who stops them.</summary>
internal sealed class HostPackets
{
    private const ushort OpenerPort = 40000;
    private const ushort UnknownPort = 47110;
    private const int MostPorts = 64;

    private const int UsualHops = 64;
    private const int UsualBytes = 60;

    private readonly LintContext _context;
    private readonly FieldSamples _samples;

    public HostPackets(LintContext context)
    {
        _context = context;
        Host = new HostView(context.Host, context.Family);
        Probe = new PacketProbe(context, context.Tables);
        _samples = FieldSamples.Of(context.Tables, Enumerable.Range(0, context.Tables.Tables.Length));
    }

    /// <summary>Packets that have nothing odd about them: no mark, a short body, as many hops left as most hosts give.</summary>
    public static PacketLimits Usual { get; } = PacketLimits.None.With(PacketField.Mark, 0).With(PacketField.Ttl, UsualHops)
        .With(PacketField.Tos, 0).With(PacketField.Length, UsualBytes).With(PacketField.ExtensionHeaders, 0)
        .With(PacketField.PhysicalIn, FieldSet.Empty.WithAbsent(true)).With(PacketField.PhysicalOut, FieldSet.Empty.WithAbsent(true))
        .With(PacketField.PhysicalIsBridged, FieldSet.Empty.WithAbsent(true));

    /// <summary>The same of connections: these have no mark, the usual zone, and keep their addresses.</summary>
    public static PacketLimits UsualOfConnection { get; } = Usual.With(PacketField.ConnectionMark, 0).With(PacketField.ConntrackZone, 0)
        .With(PacketField.ConntrackStatus, FieldSet.Range(0, (int)ConntrackStatus.SourceNat - 1))
        .With(PacketField.FrameKind, (int)FrameKind.Unicast);

    /// <summary>Addresses of network cards.</summary>
    public static Interval Cards { get; } = new(0, (1UL << 48) - 1);

    /// <summary>The ports that programs get where they ask for none.</summary>
    /// <remarks>Source: Documentation/networking/ip-sysctl.rst, <c>ip_local_port_range</c>.</remarks>
    public static Interval OpenerPorts { get; } = new(32768, 60999);

    public HostView Host { get; }

    public PacketProbe Probe { get; }

    /// <summary>A port that no rule names; a usual one where each is named.</summary>
    public ushort UnnamedPort => (ushort)Enumerable.Range(0, ushort.MaxValue)
        .Select(step => ((UnknownPort - 1 + step) % ushort.MaxValue) + 1)
        .FirstOrDefault(port => !_samples.IsNamed(PacketField.DestinationPort, (UInt128)port), UnknownPort);

    /// <summary>Of some addresses the first that no rule names; the first of all where each is named.</summary>
    public IpAddress Unnamed(params ReadOnlySpan<IpAddress> addresses)
    {
        foreach (var address in addresses)
        {
            if (!_samples.IsNamed(PacketField.Source, address.Value) && !_samples.IsNamed(PacketField.Destination, address.Value))
            {
                return address;
            }
        }
        return addresses[0];
    }

    /// <summary>Of ports that rules tell apart one each, bounded.</summary>
    public IReadOnlyList<ushort> Ports => field ??=
    [
        .. _samples.Of(PacketField.DestinationPort, [443, 53, 80, 22], port => port > 0 && port <= ushort.MaxValue)
            .Take(MostPorts).Select(port => (ushort)port),
    ];

    /// <summary>A first packet.</summary>
    public static Packet Opening(byte protocol, IpAddress source, IpAddress destination, ushort port) => new()
    {
        Protocol = protocol,
        Source = new Endpoint(source, OpenerPort),
        Destination = new Endpoint(destination, port),
    };

    /// <summary>The answer to a first packet as it comes from where that got to, its translation undone on the way.</summary>
    /// <param name="opening">The first packet.</param>
    /// <param name="rewrites">What became of its addresses and ports.</param>
    /// <param name="arrival">The interface by which the answer comes; null where this host sends it.</param>
    public static Packet Answer(Packet opening, ImmutableArray<Rewrite> rewrites, string? arrival)
    {
        var source = rewrites.LastOrDefault(rewrite => rewrite.Source is not null)?.Source ?? opening.Source;
        var destination = rewrites.LastOrDefault(rewrite => rewrite is { Destination: not null, Kind: not "tproxy" })?.Destination ?? opening.Destination;
        return new Packet
        {
            Protocol = opening.Protocol,
            Source = destination,
            Destination = source,
            InInterface = arrival,
            State = ConntrackState.Established,
            IsReply = true,
            Translation = (source, destination) == (opening.Source, opening.Destination) ? null : new EndpointPair(opening.Destination, opening.Source),
            TcpFlags = TcpFlags.Syn | TcpFlags.Ack,
        };
    }

    /// <summary>Whether netfilter stops the packet.</summary>
    public static bool IsStopped(Trace trace) => trace.Verdict is Verdict.Drop or Verdict.Reject;

    /// <summary>Whether the packet gets somewhere.</summary>
    public static bool IsDelivered(Trace trace) => trace is { Verdict: Verdict.Accept, Lost: null, Delivery: not null };

    /// <summary>What decides about a packet: its last rule or policy; null where nothing does.</summary>
    public (ChainSymbol Chain, int? Rule)? DeciderOf(Trace trace) =>
        trace.Steps.LastOrDefault() is { } last ? (Probe.ChainOf(last).Symbol, last.Rule) : null;

    /// <summary>A finding about what stops a packet, with the packet.</summary>
    public Finding? Report(Diagnostics.DiagnosticDescriptor descriptor, Trace stopped, params ImmutableArray<string> arguments)
    {
        if (DeciderOf(stopped) is not var (chain, rule))
        {
            return null;
        }
        var finding = rule is { } number
            ? _context.FindingAt(descriptor, new RuleSymbol(chain, number), arguments)
            : _context.FindingAt(descriptor, chain, arguments);
        return finding with
        {
            Witness = PacketExpression.Format(stopped.Packet),
            WitnessOutcome = stopped.Verdict == Verdict.Drop ? "dropped" : "rejected",
            Assumptions = [.. stopped.Assumptions.Select(assumption => assumption.ToString())],
        };
    }

    /// <summary>The rule or policy that lets a packet through, as a cause.</summary>
    public IEnumerable<Cause> Cause(Trace passed, string label)
    {
        if (DeciderOf(passed) is var (chain, rule))
        {
            yield return rule is { } number
                ? _context.CauseAt(new RuleSymbol(chain, number), label)
                : _context.CauseAt(chain, label);
        }
    }
}
