using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>A mesh's capture, which is a pod's, among the rules of a node.</summary>
internal sealed class PodRulesOnNodeAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor PodRulesOnNode { get; } = new("IPT4017", DiagnosticSeverity.Warning)
    {
        Title = "A pod's capture on the node",
        Message = "This captures what the whole node {0}: '{1}' in the same hook is a chain of the node, not of a pod",
        Explanation = """
            The rules of a mesh belong into a pod's network namespace. Here they stand beside those that the node's own
            agents write, so they were written into the node's, and lead the traffic of all pods, and of the node itself, to
            a proxy that is not there: usually a pod with hostNetwork that should not have been injected.
            """,
        Example = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            :KUBE-SERVICES - [0:0]
            [|-A OUTPUT -p tcp -j ISTIO_OUTPUT|]
            -A OUTPUT -j KUBE-SERVICES
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            -A KUBE-SERVICES -d 10.96.0.1/32 -p tcp -m tcp --dport 443 -j DNAT --to-destination 192.0.2.10:6443
            COMMIT
            """,
        Corrected = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :KUBE-SERVICES - [0:0]
            -A OUTPUT -j KUBE-SERVICES
            -A KUBE-SERVICES -d 10.96.0.1/32 -p tcp -m tcp --dport 443 -j DNAT --to-destination 192.0.2.10:6443
            COMMIT
            """,
    };

    /// <summary>How chains begin that the node's agents write: kube-proxy, CNI plugins, Calico, Docker, Cilium, flannel.</summary>
    private static readonly ImmutableArray<string> NodePrefixes = ["KUBE-", "CNI-", "cali-", "DOCKER", "CILIUM_", "FLANNEL-"];

    public override ImmutableArray<LintCheck> Checks { get; } = [new(PodRulesOnNode, "pod-rules-on-node")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        foreach (var hook in new[] { Hook.Prerouting, Hook.Output })
        {
            foreach (var table in new[] { TableKind.Mangle, TableKind.Nat })
            {
                var node = context.Ruleset.Chains.Select(chain => chain.Symbol).FirstOrDefault(chain => chain.Table == table
                    && mesh.Captures.IsReached(chain.Index, hook) && NodePrefixes.Any(prefix => chain.Name.StartsWith(prefix, StringComparison.Ordinal)));
                if (node is null || CaptureIn(context, mesh, table, hook) is not { } capture)
                {
                    continue;
                }
                yield return context.FindingAt(PodRulesOnNode, capture, hook == Hook.Output ? "sends" : "gets", node.Name) with
                {
                    Because = [context.CauseAt(node, "is the node's")],
                };
            }
        }
    }

    /// <summary>The base chain's rule that leads to a listener.</summary>
    private static RuleSymbol? CaptureIn(LintContext context, Mesh mesh, TableKind table, Hook hook)
    {
        var listeners = new ushort?[] { mesh.Profile.InboundPort, mesh.Profile.OutboundPort };
        return context.FindChain(table, hook.Name()) is { } chain
            && chain.Rules.FirstOrDefault(rule => mesh.Captures.PortsOf(rule).Any(port => listeners.Contains(port))) is { } rule
            ? new RuleSymbol(chain.Symbol, rule.Number)
            : null;
    }
}
