using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Rules before the mesh's jump that give packets to someone else, though the mesh would capture them.</summary>
internal sealed class CapturePreemptedAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor CapturePreempted { get; } = new("IPT4013", DiagnosticSeverity.Warning)
    {
        Title = "Capture preempted",
        Message = "This rule stands before the mesh's in {0} and decides packets that rule {1} would lead to {2}",
        Explanation = """
            The first NAT rule that matches decides, so what stands before the mesh's jump in a base chain goes before the
            mesh: a port mapping of the container runtime, service rules, a node-local resolver. What it gives another
            destination never comes to the proxy. Put the mesh's jump first, or take the other rule out of the pod.
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :CNI-HOSTPORT-DNAT - [0:0]
            :ISTIO_INBOUND - [0:0]
            [|-A PREROUTING -j CNI-HOSTPORT-DNAT|]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A CNI-HOSTPORT-DNAT -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.244.1.9:80
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :CNI-HOSTPORT-DNAT - [0:0]
            :ISTIO_INBOUND - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A PREROUTING -j CNI-HOSTPORT-DNAT
            -A CNI-HOSTPORT-DNAT -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.244.1.9:80
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(CapturePreempted, "capture-preempted")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh) =>
        Analyze(context, mesh, Hook.Prerouting, mesh.Packets.Inbound())
            .Concat(Analyze(context, mesh, Hook.Output, Sent(mesh)));

    private static IEnumerable<Packet> Sent(Mesh mesh)
    {
        var application = mesh.Packets.Applications[0];
        return mesh.Packets.Outbound(application)
            .Concat(mesh.Packets.Queries(application, IpProtocol.Tcp))
            .Concat(mesh.Packets.Queries(application, IpProtocol.Udp));
    }

    private static IEnumerable<Finding> Analyze(LintContext context, Mesh mesh, Hook hook, IEnumerable<Packet> packets)
    {
        var found = new HashSet<RuleSymbol>();
        foreach (var packet in packets)
        {
            if (mesh.Probe.Always(packet, trace => IsDecidedElsewhere(mesh, trace)) is not { } trace
                || trace.Steps.LastOrDefault(step => step.Pass == 1 && (DecidingRule.IsRewrite(step) || IsStop(step))) is not { } decisive
                || decisive.Hook != hook
                || trace.Steps.LastOrDefault(step => step.Chain == hook.Name() && step.Table == decisive.Table) is not { Rule: not null } called
                || mesh.Probe.RuleOf(called) is not { } first || found.Contains(first)
                || mesh.Without(first).Always(packet, mesh.IsCaptured) is not { } without || mesh.CaptureOf(without) is not { } capture
                || JumpOf(mesh, without, capture, hook) is not { } jump || jump.Chain != first.Chain || jump.RuleNumber < first.RuleNumber)
            {
                continue;
            }
            found.Add(first);
            var finding = context.FindingAt(
                CapturePreempted, first, hook.Name(), ((uint)jump.RuleNumber).Text(), mesh.Listener(capture.Port)) with
            {
                Because =
                [
                    .. mesh.Probe.RuleOf(decisive) is { } inner && inner != first ? [context.CauseAt(inner, "decides them")] : Array.Empty<Cause>(),
                    context.CauseAt(jump, $"would lead them to {mesh.Listener(capture.Port)}"),
                ],
            };
            yield return Show(finding, packet, Outcome(trace));
        }
    }

    /// <summary>Whether a packet is stopped, or sent to another place than a listener of the mesh.</summary>
    private static bool IsDecidedElsewhere(Mesh mesh, Trace trace) =>
        !mesh.IsCaptured(trace) && (IsStopped(trace) || trace.Steps.Any(step => step.Pass == 1 && DecidingRule.IsRewrite(step)));

    private static bool IsStop(TraceStep step) => step is { Rule: not null, Action: "drop" or "reject" or "queue" };

    /// <summary>The base chain's rule on the way to a capture.</summary>
    private static RuleSymbol? JumpOf(Mesh mesh, Trace trace, Capture capture, Hook hook) => trace.Steps
        .LastOrDefault(step => step.Chain == hook.Name() && step.Table == capture.Step.Table && step.Rule is not null) is { } step
        ? mesh.Probe.RuleOf(step) : null;

    private static string Outcome(Trace trace) => trace.Rewrites.LastOrDefault(rewrite => rewrite.Destination is not null)?.Destination is { } to
        ? $"sent to {to} instead"
        : $"{trace.Verdict.Name()} instead";
}
