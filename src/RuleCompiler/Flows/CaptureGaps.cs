using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Why no rule captures a flow: by design, or because a redirect that the dump means to have is missing.</summary>
internal sealed class CaptureGaps(BoundRuleset ruleset, CaptureMap captures, MeshProfile profile)
{
    /// <summary>
    /// Who captures arrivals only may leave out the mesh's tunnel or a port of the application. Who names several
    /// ports that the proxy serves, for metrics and health, has set up a whole sidecar.
    /// </summary>
    private const int FewestPortsOfSidecar = 2;

    /// <summary>Whether anything that arrives is captured.</summary>
    public bool CapturesArrivals => captures.Redirects.Any(r => captures.IsReached(r.Chain, Hook.Prerouting));

    /// <summary>That the first listener is not the one that the flow is meant to pass; null where it is, or there is none.</summary>
    public string? ExplainWrongListener(FlowDefinition flow, Journey journey)
    {
        if (flow.Captures is not [not CapturePoint.Dns, ..] || journey.Captures.IsEmpty || journey.Captures.Contains(flow.Captures[0]))
        {
            return null;
        }
        var (_, hook) = PlaceOf(flow.Captures[0]);
        return $"missing redirect: {hook.Name()} leads to {journey.Legs[0].To}, the listener for other traffic, "
            + $"not to {profile.ListenerName(flow.Captures[0])}";
    }

    /// <summary>Why nothing captures what is meant for a listener.</summary>
    public (FlowStatus Status, string Note) Explain(CapturePoint point)
    {
        var (port, hook) = PlaceOf(point);
        var listener = profile.ListenerName(point);
        if (captures.Redirects.Any(r => r.Port == port && captures.IsReached(r.Chain, hook)))
        {
            return (FlowStatus.Absent, $"{hook.Name()} leads to {listener}, but not what this flow sends");
        }
        if (captures.FindUnreached(port) is { } chain && (point != CapturePoint.Outbound || IsWholeSidecar))
        {
            return (FlowStatus.Broken, $"missing redirect: {chain} leads to {listener}, but nothing in {hook.Name()} leads to {chain}");
        }
        return point == CapturePoint.Inbound && FindIdleChain(hook) is { } idle
            ? (FlowStatus.Broken, $"missing redirect: {hook.Name()} leads to {idle}, which only returns, so nothing reaches {listener}")
            : (FlowStatus.Absent, $"the dump captures nothing of {hook.Name()} to {listener}");
    }

    private (ushort Port, Hook Hook) PlaceOf(CapturePoint point) => point switch
    {
        CapturePoint.Inbound => (profile.InboundPort, Hook.Prerouting),
        CapturePoint.Outbound => (profile.OutboundPort, Hook.Output),
        _ => (profile.DnsPort ?? 0, Hook.Output),
    };

    private bool IsWholeSidecar => CapturesArrivals && captures.RulesFrom(Hook.Prerouting)
        .Where(IsReturn)
        .SelectMany(CaptureMap.TestsOf)
        .Where(t => t.Field == PacketField.DestinationPort && !t.IsNegated)
        .Select(t => (ushort)t.Value)
        .Intersect(profile.ServedPorts)
        .Count() >= FewestPortsOfSidecar;

    /// <summary>A chain of nat that a hook leads to and that has exceptions, but nothing to except them from.</summary>
    private string? FindIdleChain(Hook hook) => ruleset.Chains.FirstOrDefault(c =>
        c.Symbol is { Hook: null, Table: TableKind.Nat }
        && captures.IsReached(c.Symbol.Index, hook)
        && !c.Rules.IsEmpty
        && c.Rules.All(IsReturn))?.Symbol.Name;

    private static bool IsReturn(BoundRule rule) =>
        rule.Target is { } target && target.Extension.Lower(target).Kind == ActionKind.Return;
}
