using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>With several users of the proxy: one whose rule never sees it, because the rule for another spares it first.</summary>
internal sealed class ShadowedProxyUidAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor ShadowedProxyUid { get; } = new("IPT4009", DiagnosticSeverity.Warning)
    {
        Title = "Rule for a second user of the proxy never met",
        Message = "What user {0} opens to its own pod never gets here: rule {1} spares everyone who is not user {2}",
        Explanation = """
            A rule that spares whoever is not the proxy spares the proxy's other users too. What they open to their own pod
            is not led to the inbound listener, though the rule behind says so. The rules for each user that capture must
            stand before all those that spare.
            """,
        Example = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m owner --uid-owner 3 -j REDIRECT --to-ports 15006
            -A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 3 -j RETURN
            [|-A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m owner --uid-owner 4 -j REDIRECT --to-ports 15006|]
            COMMIT
            """,
        Corrected = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m owner --uid-owner 3 -j REDIRECT --to-ports 15006
            -A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m owner --uid-owner 4 -j REDIRECT --to-ports 15006
            -A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 3 -j RETURN
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(ShadowedProxyUid, "proxy-uid-shadowed", Supersedes: "IPT3001")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        foreach (var uid in mesh.AreProxiesTold && mesh.Profile.ProxyUids.Length > 1 ? mesh.Profile.ProxyUids : [])
        {
            var found = mesh.Packets.SelfCalls(mesh.Proxy with { Uid = uid })
                .Select(packet => (Packet: packet, Shadow: mesh.ShadowingRule(packet, uid)))
                .FirstOrDefault(one => one.Shadow is not null);
            if (found.Shadow is not { } shadow)
            {
                continue;
            }
            var (rule, other, shadowed) = shadow;
            var finding = context.FindingAt(
                ShadowedProxyUid, shadowed.Decider, uid.Text(), ((uint)rule.RuleNumber).Text(), other.Text()) with
            {
                Because = [context.CauseAt(rule, $"spares user {uid.Text()}, who is not user {other.Text()}")],
            };
            yield return Show(finding, found.Packet, $"returned by rule {((uint)rule.RuleNumber).Text()}, not led to :{shadowed.Port.Text()}");
        }
    }
}
