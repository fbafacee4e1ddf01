using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Name queries of the proxy or its agent that are led back to their own listener, and of resolvers that the agent asks.</summary>
internal sealed class DnsLoopAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor DnsLoop { get; } = new("IPT4018", DiagnosticSeverity.Error)
    {
        Title = "Loop of name queries",
        Message = "What {0} itself asks a resolver is led back to its own listener for names, at port {1}",
        Explanation = """
            The agent answers the application's name queries and asks a resolver for what it does not know. Where that
            question is redirected like the application's, it asks itself, and no name is found. What the proxy's user and
            group send must return before the redirect of port 53.
            """,
        Example = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -j ISTIO_OUTPUT
            [|-A ISTIO_OUTPUT -p udp -m udp --dport 53 -j REDIRECT --to-ports 15053|]
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
        Corrected = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p udp -m udp --dport 53 -j REDIRECT --to-ports 15053
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
    };

    public static DiagnosticDescriptor ResolverLoop { get; } = new("IPT4019", DiagnosticSeverity.Error)
    {
        Title = "Loop through a resolver",
        Message = "What {0} asks other resolvers is led to {1}, which asks {0} again",
        Explanation = """
            A resolver in the pod, such as a cache, runs as a user that is not the proxy's. Its own questions are captured
            like an application's; the agent passes them on to the resolver that it knows, which is this one. Let the
            resolver's user return before the redirect of port 53. The host's facts (--host) say who runs as whom.
            """,
        Example = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            [|-A ISTIO_OUTPUT -p udp -m udp --dport 53 -j REDIRECT --to-ports 15053|]
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
        Corrected = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -m owner --uid-owner 101 -j RETURN
            -A ISTIO_OUTPUT -p udp -m udp --dport 53 -j REDIRECT --to-ports 15053
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
        ExampleHost = """
            {
              "interfaces": [{ "name": "eth0", "addresses": ["10.244.1.7/24"] }],
              "routes": [{ "destination": "default", "via": "10.244.1.1", "interface": "eth0" }],
              "processes": [{ "role": "resolver", "name": "dnsmasq", "uid": 101, "gid": 101 }]
            }
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(DnsLoop, "dns-loop"), new(ResolverLoop, "resolver-loop")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        if (mesh.Profile.DnsPort is not { } port || !mesh.Captures.Redirects.Any(redirect => redirect.Port == port))
        {
            yield break;
        }
        foreach (var proxy in mesh.IsInPod && (mesh.AreProxiesTold || mesh.IsGiven) ? mesh.Proxies : [])
        {
            if (FindCaptured(mesh, proxy, port) is var (packet, capture))
            {
                var finding = context.FindingAt(DnsLoop, capture.Decider, mesh.Profile.Agent, port.Text());
                yield return Show(Blame(context, finding, capture), packet, $"redirected to :{port.Text()}, where it came from");
                break;
            }
        }
        foreach (var process in context.IsHostGiven ? context.Host.Processes : [])
        {
            var sender = new Sender(process.Uid, process.Gid);
            if (process.Role == HostRole.Resolver && !mesh.Profile.ProxyUids.Contains(process.Uid)
                && FindCaptured(mesh, sender, port) is var (packet, capture))
            {
                var finding = context.FindingAt(ResolverLoop, capture.Decider, process.Name, mesh.Listener(port)) with
                {
                    Given = [$"{process.Name} resolves names, and runs as uid {process.Uid.Text()} gid {process.Gid.Text()}"],
                };
                yield return Show(Blame(context, finding, capture), packet, $"redirected to :{port.Text()}");
            }
        }
    }

    private static (Packet Packet, Capture Capture)? FindCaptured(Mesh mesh, Sender sender, ushort port)
    {
        foreach (var packet in mesh.Packets.Queries(sender, IpProtocol.Udp).Concat(mesh.Packets.Queries(sender, IpProtocol.Tcp)))
        {
            if (mesh.LedTo(packet, port) is { } trace && mesh.CaptureOf(trace) is { } capture)
            {
                return (packet, capture);
            }
        }
        return null;
    }
}
