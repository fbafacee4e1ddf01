using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>An application that runs under a user or group of the proxy, so that the rules take it for the proxy.</summary>
internal sealed class AppIsProxyAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor AppIsProxy { get; } = new("IPT4012", DiagnosticSeverity.Error)
    {
        Title = "Application with the proxy's user or group",
        Message = "{0} runs as user {1} and group {2}, so this rule takes it for {3}, and what it sends leaves uncaptured",
        Explanation = """
            The rules tell the proxy from applications by its user and its group. An application that has one of them passes
            the mesh by: its connections are neither encrypted nor checked nor seen. Let it run as another user and group.
            The host's facts (--host) say who runs as whom.
            """,
        Example = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            [|-A ISTIO_OUTPUT -m owner --gid-owner 1337 -j RETURN|]
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
        Corrected = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
        ExampleHost = """
            {
              "interfaces": [{ "name": "eth0", "addresses": ["10.244.1.7/24"] }],
              "routes": [{ "destination": "default", "via": "10.244.1.1", "interface": "eth0" }],
              "processes": [{ "role": "application", "name": "the shop", "uid": 1000, "gid": 1337 }]
            }
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(AppIsProxy, "app-is-proxy-uid")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        foreach (var process in context.IsHostGiven ? context.Host.Processes : [])
        {
            if (process.Role != HostRole.Application
                || !(mesh.Profile.ProxyUids.Contains(process.Uid) || mesh.Profile.ProxyGids.Contains(process.Gid)))
            {
                continue;
            }
            foreach (var (rule, packet) in mesh.Spared(mesh.Packets.Outbound(new Sender(process.Uid, process.Gid)), Hook.Output).Take(1))
            {
                var finding = context.FindingAt(
                    AppIsProxy, rule, process.Name, process.Uid.Text(), process.Gid.Text(), mesh.Profile.Proxy) with
                {
                    Given = [$"{process.Name} runs as uid {process.Uid.Text()} gid {process.Gid.Text()}"],
                };
                yield return Show(finding, packet, "leaves uncaptured");
            }
        }
    }
}
