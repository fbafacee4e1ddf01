using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Health probes of the node that are led to the proxy, which refuses them.</summary>
internal sealed class ProbeCapturedAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor ProbeCaptured { get; } = new("IPT4025", DiagnosticSeverity.Error)
    {
        Title = "Health probes are captured",
        Message = "Probes of the node, from {0}, are led to {1}",
        Explanation = """
            The node's agent probes the pod's health, and the mesh gives these probes a source of their own, so that rules can
            let them pass. Led to the proxy they are refused, since they are not of the mesh, and the pod is restarted. What
            comes from that source must be accepted before the redirect.
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_PRERT - [0:0]
            -A PREROUTING -j ISTIO_PRERT
            [|-A ISTIO_PRERT ! -d 127.0.0.1/32 -p tcp -m tcp ! --dport 15008 -m mark ! --mark 0x539/0xfff -j REDIRECT --to-ports 15006|]
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_PRERT - [0:0]
            -A PREROUTING -j ISTIO_PRERT
            -A ISTIO_PRERT -s 169.254.7.127/32 -p tcp -m tcp -j ACCEPT
            -A ISTIO_PRERT ! -d 127.0.0.1/32 -p tcp -m tcp ! --dport 15008 -m mark ! --mark 0x539/0xfff -j REDIRECT --to-ports 15006
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(ProbeCaptured, "probe-captured")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        var spared = AddressesNamed(mesh, Hook.Prerouting, PacketField.Source);
        foreach (var source in mesh.Profile.ProbeSources.Where(address => address.Family == context.Family))
        {
            if (spared.Any(address => address != source.Value) && !spared.Contains(source.Value))
            {
                continue; // the probes were given another source
            }
            if (FindLed(mesh, source) is not var (packet, capture))
            {
                continue;
            }
            var isTold = mesh.IsGiven || spared.Contains(source.Value)
                || AddressesNamed(mesh, Hook.Output, PacketField.Destination).Contains(source.Value)
                || !mesh.Captures.Redirects.Any(redirect => mesh.Captures.IsReached(redirect.Chain, Hook.Output));
            var finding = context.FindingAt(ProbeCaptured, capture.Redirect, source.ToString(), mesh.Listener(capture.Port)) with
            {
                Severity = isTold ? DiagnosticSeverity.Error : DiagnosticSeverity.Info,
                Given = isTold ? [] : [$"probes come from {source}, as {mesh.Profile.Title} has it by default; no rule names it, so there may be none"],
            };
            yield return Show(finding, packet, $"led to :{capture.Port.Text()}, not to the application");
        }
    }

    private static (Packet Packet, Capture Capture)? FindLed(Mesh mesh, IpAddress source)
    {
        foreach (var packet in mesh.Packets.Inbound(from: source))
        {
            if (mesh.LedTo(packet, mesh.Profile.InboundPort) is { } trace && mesh.CaptureOf(trace) is { } capture)
            {
                return (packet, capture);
            }
        }
        return null;
    }

    /// <summary>The addresses other than loopback's for which rules of a hook accept or return.</summary>
    private static HashSet<UInt128> AddressesNamed(Mesh mesh, Hook hook, PacketField field) =>
    [
        .. from rule in mesh.Captures.RulesFrom(hook)
           where rule.Target is { } target && target.Extension.Lower(target).Kind is ActionKind.Accept or ActionKind.Return
           from test in CaptureMap.TestsOf(rule)
           where test.Field == field && !test.IsNegated && !CaptureMap.IsLoopback(new IpAddress(mesh.Packets.Pod.Family, test.Value))
           select test.Value,
    ];
}
