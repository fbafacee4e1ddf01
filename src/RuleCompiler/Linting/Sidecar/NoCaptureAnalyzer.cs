using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.Diagnostics;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>A mesh's rules that lead nothing to its listener: a jump is missing, or all of the rules.</summary>
internal sealed class NoCaptureAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor NoCapture { get; } = new("IPT4003", DiagnosticSeverity.Error)
    {
        Title = "Nothing is captured",
        Message = "No packet of {0} reaches {1}: {2}",
        Explanation = """
            The dump has the chains of a mesh, or --profile says that it is a mesh's, but what arrives for the pod, or what
            the application sends, passes the proxy by: no rule of the hook leads to the listener. A chain that would lead
            there has lost the jump to it, or only returns, or the rules were never written.

            Without --profile, a hook that captures nothing by design, as one told to leave out all ports, is not reported.
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            [|:ISTIO_INBOUND - [0:0]|]
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15090 -j RETURN
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15090 -j RETURN
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(NoCapture, "no-capture")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        if (!mesh.IsNamed)
        {
            yield break;
        }
        var gaps = new CaptureGaps(context.Ruleset, mesh.Captures, mesh.Profile);
        foreach (var (point, hook) in new[] { (CapturePoint.Inbound, Hook.Prerouting), (CapturePoint.Outbound, Hook.Output) })
        {
            var port = point == CapturePoint.Inbound ? mesh.Profile.InboundPort : mesh.Profile.OutboundPort;
            if (mesh.Captures.Redirects.Any(r => r.Port == port && mesh.Captures.IsReached(r.Chain, hook)))
            {
                if (FindBarrier(context, mesh, hook, port) is { } barrier)
                {
                    yield return context.FindingAt(
                        NoCapture, barrier, hook.Name(), mesh.Listener(port), "this rule spares every connection that would be led there");
                }
                continue;
            }
            var (status, note) = gaps.Explain(point);
            if (status == FlowStatus.Broken || mesh.IsGiven)
            {
                yield return At(context, mesh, port, hook.Name(), mesh.Listener(port), note);
            }
        }
    }

    /// <summary>The rule that keeps everything from a listener that the hook's rules would lead to; null where some packet gets there.</summary>
    private static RuleSymbol? FindBarrier(LintContext context, Mesh mesh, Hook hook, ushort port)
    {
        var packets = hook == Hook.Prerouting
            ? mesh.Packets.Inbound()
            : mesh.Packets.Applications.SelectMany(mesh.Packets.OutboundAnywhere);
        RuleSymbol? barrier = null;
        foreach (var packet in packets)
        {
            var traces = mesh.Probe.Trace(packet);
            if (traces.IsEmpty || traces.Any(trace => mesh.CaptureOf(trace)?.Port == port))
            {
                return null;
            }
            barrier ??= mesh.SparingRule(packet, traces[0], hook);
        }
        return mesh.Packets.IsPartial || barrier is not { } rule || !SparesAll(context.RuleAt(rule)) ? null : barrier;
    }

    /// <summary>Whether a rule names neither addresses nor ports nor anything else: one that does is meant to leave them out.</summary>
    private static bool SparesAll(BoundRule rule) => CaptureMap.TestsOf(rule).All(test => test.Field == PacketField.Protocol);

    /// <summary>At the chain that lost its jump; else at the hook's chain; else at the tables as a whole.</summary>
    private static Finding At(LintContext context, Mesh mesh, ushort port, string hook, string listener, string note)
    {
        var lost = mesh.Captures.FindUnreached(port) is { } name
            ? context.FindChain(TableKind.Nat, name) ?? context.FindChain(TableKind.Mangle, name)
            : null;
        var at = lost ?? context.FindChain(TableKind.Nat, hook);
        return at?.Symbol is { DeclarationLine: not null } chain
            ? context.FindingAt(NoCapture, chain, hook, listener, note)
            : context.FindingAtTables(NoCapture, hook, listener, note);
    }
}
