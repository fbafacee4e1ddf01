using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Binding;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Plays the flows of a mesh through a dump, connection by connection, and holds them against the article.</summary>
/// <remarks>
/// Nothing of a flow's path is written down here: each connection is evaluated as the kernel would, a listener of the
/// proxy that takes it opens the next one, and so on until someone else has it, it is lost, or it comes round again.
/// </remarks>
public sealed class FlowAnalysis
{
    private const int MaxLegs = 8;
    private const int MaxOpeners = 200;

    private readonly BoundRuleset _ruleset;
    private readonly Evaluator _evaluator;
    private readonly CaptureMap _captures;
    private readonly FlowPackets _packets;
    private readonly ArticleMatcher _article;

    private FlowAnalysis(BoundRuleset ruleset, Compilation compilation, CaptureMap captures, MeshProfile profile, HostFacts host)
    {
        _ruleset = ruleset;
        _captures = captures;
        Profile = profile;
        _evaluator = new Evaluator(compilation, ruleset.Family, host);
        _packets = new FlowPackets(ruleset.Family, profile, captures, host);
        _article = new ArticleMatcher(ruleset, captures, profile);
        Flows = [.. profile.Flows.Where(IsMeant).Select(Play)];
    }

    /// <summary>The profile, with what the dump tells.</summary>
    public MeshProfile Profile { get; }

    /// <summary>The flows in order of their numbers; those of DNS only where the dump captures names.</summary>
    public ImmutableArray<Flow> Flows { get; }

    /// <summary>The flows of one family of a dump.</summary>
    /// <param name="compilation">A compilation without errors that has the family.</param>
    /// <param name="family">The family.</param>
    /// <param name="profile">The mesh; what the dump itself tells goes before it.</param>
    /// <param name="isForced">Whether the user says that there is such a mesh, whatever the dump looks like.</param>
    /// <param name="host">The machine; an inferred one is completed with the proxy's sockets.</param>
    /// <returns>Null where the dump has no sidecar.</returns>
    public static FlowAnalysis? Run(Compilation compilation, Family family, MeshProfile profile, bool isForced, HostFacts host)
    {
        var ruleset = compilation.GetRuleset(family) ?? throw new ArgumentException("the dump has no such family", nameof(family));
        var captures = new CaptureMap(ruleset);
        var inference = new ProfileInference(ruleset, captures, profile);
        return isForced || inference.IsSidecar
            ? new FlowAnalysis(ruleset, compilation, captures, inference.Infer(), FlowHost.Complete(host, ruleset))
            : null;
    }

    private bool IsMeant(FlowDefinition flow) => flow.Destination != FlowDestination.Resolver || Profile.DnsPort is not null;

    private Flow Play(FlowDefinition flow)
    {
        Journey? first = null;
        foreach (var opener in _packets.Openers(flow).Take(MaxOpeners))
        {
            var journey = Follow(flow, opener);
            first ??= journey;
            if (flow.Captures.IsEmpty || journey.Captures.Contains(flow.Captures[0]))
            {
                first = journey;
                break;
            }
        }
        var played = first ?? throw new InvalidOperationException("a flow has at least one opener");
        var (status, note) = Judge(flow, played);
        return new Flow(flow, _ruleset.Family, status, played.Legs, PathOf(flow, played), note);
    }

    private Journey Follow(FlowDefinition flow, Packet packet)
    {
        var legs = ImmutableArray.CreateBuilder<Leg>();
        var captures = ImmutableArray.CreateBuilder<CapturePoint>();
        var seen = new HashSet<string>();
        var opener = flow.Opener;
        while (true)
        {
            var trace = _evaluator.Trace(packet)[0];
            var capture = CaptureOf(trace);
            legs.Add(new Leg(NameOf(opener), Receiver(flow, packet, trace, capture), trace));
            if (capture is not { } point)
            {
                return new Journey(legs.ToImmutable(), captures.ToImmutable(), IsLoop: false);
            }
            captures.Add(point);
            if (!seen.Add(PacketExpression.Format(packet)) || legs.Count == MaxLegs)
            {
                return new Journey(legs.ToImmutable(), captures.ToImmutable(), IsLoop: true);
            }
            packet = _packets.Onward(flow, packet, point);
            opener = Role.Proxy;
        }
    }

    private CapturePoint? CaptureOf(Trace trace)
    {
        if (trace.Verdict != Verdict.Accept || trace.Lost is not null
            || trace.Rewrites.LastOrDefault(r => r.Destination is not null)?.Destination is not { Port: { } port })
        {
            return null;
        }
        return port == Profile.OutboundPort ? CapturePoint.Outbound
            : port == Profile.InboundPort ? CapturePoint.Inbound
            : port == Profile.DnsPort ? CapturePoint.Dns
            : null;
    }

    private (FlowStatus Status, string? Note) Judge(FlowDefinition flow, Journey journey)
    {
        var last = journey.Legs[^1];
        if (journey.IsLoop)
        {
            var loop = string.Join(" > ", journey.Legs.Select(l => l.From).Append(last.To).Distinct());
            return (FlowStatus.Broken, $"redirect loop: {loop}, and again, for ever ({RuleOf(last.Trace)} takes the proxy's own connection)");
        }
        if (last.Trace.Verdict != Verdict.Accept || last.Trace.Lost is not null)
        {
            var what = last.Trace.Lost is null ? last.Trace.Verdict.ToString().ToLowerInvariant() : "lost in routing";
            return (FlowStatus.Broken, $"{last.From} -> {last.To}: {what} at {RuleOf(last.Trace)}");
        }
        if (!flow.Captures.IsEmpty && !journey.Captures.Contains(flow.Captures[0]))
        {
            return MissingCapture(flow.Captures[0]);
        }
        if (flow.Destination == FlowDestination.Served)
        {
            return JudgeServed(flow, journey);
        }
        return HoldAgainstArticle(flow, journey);
    }

    /// <summary>A capture that the dump has, but no hook reaches, is missing; one that it does not have is not meant.</summary>
    private (FlowStatus Status, string Note) MissingCapture(CapturePoint point)
    {
        var (port, hook) = point switch
        {
            CapturePoint.Inbound => (Profile.InboundPort, Hook.Prerouting),
            CapturePoint.Outbound => (Profile.OutboundPort, Hook.Output),
            _ => (Profile.DnsPort ?? 0, Hook.Output),
        };
        var number = port.ToString(CultureInfo.InvariantCulture);
        var reached = _captures.Redirects.Any(r => r.Port == port && (_captures.HooksOf(r.Chain) & hook.ToSet()) != 0);
        return _captures.IsOrphaned(port)
            ? (FlowStatus.Broken, $"missing redirect: rules lead to {Profile.Proxy} {number}, but {hook.Name()} reaches none of them")
            : point == CapturePoint.Inbound && CapturesOther(hook, port)
                ? (FlowStatus.Broken, $"missing redirect: {hook.Name()} captures to {CapturesOtherPort(hook, port)}, the listener for the other direction")
            : reached
                ? (FlowStatus.Absent, $"{hook.Name()} captures to {Profile.Proxy} {number} only what no packet tried here is")
                : (FlowStatus.Absent, $"the dump captures nothing of {hook.Name()} to {Profile.Proxy} {number}");
    }

    private bool CapturesOther(Hook hook, ushort port) => CapturesOtherPort(hook, port) is not null;

    private string? CapturesOtherPort(Hook hook, ushort port) => _captures.Redirects
        .Where(r => r.Port != port && r.Port == Profile.OutboundPort && (_captures.HooksOf(r.Chain) & hook.ToSet()) != 0)
        .Select(r => r.Port.ToString(CultureInfo.InvariantCulture))
        .FirstOrDefault();

    private (FlowStatus Status, string? Note) JudgeServed(FlowDefinition flow, Journey journey)
    {
        if (!journey.Captures.IsEmpty)
        {
            return (FlowStatus.Broken, $"a port that the proxy serves itself is captured by {RuleOf(journey.Legs[0].Trace)}");
        }
        var captured = _captures.Redirects.Any(r => (_captures.HooksOf(r.Chain) & HookSet.Prerouting) != 0);
        return captured ? HoldAgainstArticle(flow, journey) : (FlowStatus.Absent, "the dump captures nothing of PREROUTING");
    }

    private (FlowStatus Status, string? Note) HoldAgainstArticle(FlowDefinition flow, Journey journey)
    {
        if (flow.Article is null)
        {
            return (FlowStatus.Ok, null);
        }
        for (var i = 0; i < Math.Max(flow.ArticleLegs.Length, journey.Legs.Length); i++)
        {
            var expected = i < flow.ArticleLegs.Length ? flow.ArticleLegs[i] : null;
            var actual = i < journey.Legs.Length ? _article.DecidedBy(journey.Legs[i].Trace) : null;
            if (expected != actual?.Number)
            {
                return (FlowStatus.Differs, flow.Note ?? Explain(journey, i, expected, actual?.Step));
            }
        }
        return (FlowStatus.Ok, null);
    }

    private string Explain(Journey journey, int leg, int? expected, TraceStep? actual)
    {
        var article = expected is { } number
            ? string.Create(CultureInfo.InvariantCulture, $"the article has rule {number}")
            : "the article has no rule";
        if (leg >= journey.Legs.Length)
        {
            return $"{article} decide a further connection here; the flow ends before it";
        }
        var decided = actual is { } step && _article.FindRule(step) is { } rule
            ? string.Create(CultureInfo.InvariantCulture, $"{step.Chain}#{step.Rule} ({RuleText.Of(rule)})")
            : RuleOf(journey.Legs[leg].Trace);
        return $"{journey.Legs[leg].From} -> {journey.Legs[leg].To}: {decided} decides, where {article}";
    }

    /// <summary>The rule, or policy, that decided where a packet goes: the last that sent it somewhere.</summary>
    private static string RuleOf(Trace trace)
    {
        var step = trace.Steps.LastOrDefault(s => s.Rule is not null && s.Pass == 1 && s.Action is not ("continue" or "notrack"))
            ?? trace.Steps.LastOrDefault();
        return step is null ? "routing"
            : step.Rule is { } rule ? string.Create(CultureInfo.InvariantCulture, $"{step.Chain}#{rule}")
            : $"the policy of {step.Chain}";
    }

    private string Receiver(FlowDefinition flow, Packet packet, Trace trace, CapturePoint? capture)
    {
        if (capture is not null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Profile.Proxy} {trace.Rewrites[^1].Destination?.Port}");
        }
        return trace.Delivery?.To == "local" || packet.InInterface is not null || flow.Destination == FlowDestination.Admin
            ? flow.Destination switch
            {
                FlowDestination.Admin => $"{Profile.Proxy} process (localhost)",
                FlowDestination.Served => string.Create(CultureInfo.InvariantCulture, $"Local Pod {packet.Destination.Port}"),
                _ => "Local Pod",
            }
            : flow.Destination switch
            {
                FlowDestination.ControlPlane => Profile.ControlPlane,
                FlowDestination.Resolver => "DNS resolver",
                _ => "Remote Pod",
            };
    }

    private string NameOf(Role role) => role switch
    {
        Role.Remote => "Remote Pod",
        Role.Application => "Local Pod",
        Role.Proxy => Profile.Proxy,
        _ => "Agent",
    };

    private string PathOf(FlowDefinition flow, Journey journey) => flow.Opener switch
    {
        Role.Agent => $"Agent > {FlowPath.Of(journey.Legs)}",
        Role.Proxy => $"{Profile.Proxy} process (localhost) > {FlowPath.Of(journey.Legs)}",
        _ => FlowPath.Of(journey.Legs),
    };

    private sealed record Journey(ImmutableArray<Leg> Legs, ImmutableArray<CapturePoint> Captures, bool IsLoop);
}
