using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Names asked for over UDP that are captured where those over TCP are not, or the other way round.</summary>
internal sealed class DnsProtocolsAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor DnsProtocols { get; } = new("IPT4020", DiagnosticSeverity.Warning)
    {
        Title = "Names captured over one protocol only",
        Message = "Names asked of {0} over {1} are led to {2}, but not those over {3}",
        Explanation = """
            A resolver whose answer does not fit into one datagram is asked again over TCP, and some ask over TCP at once.
            Captured over one protocol only, a name has two answers: the mesh's and the resolver's. Redirect both.
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
            -A ISTIO_OUTPUT -p tcp -m tcp --dport 53 -j REDIRECT --to-ports 15053
            -A ISTIO_OUTPUT -p udp -m udp --dport 53 -j REDIRECT --to-ports 15053
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(DnsProtocols, "dns-tcp-udp")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        if (mesh.Profile.DnsPort is not { } port || !mesh.Profile.CapturesTcpNames || !mesh.IsInPod)
        {
            yield break;
        }
        foreach (var packet in mesh.Packets.Applications.SelectMany(sender => mesh.Packets.Queries(sender, IpProtocol.Udp)))
        {
            var other = packet with { Protocol = IpProtocol.Tcp };
            var (overUdp, overTcp) = (mesh.LedTo(packet, port), mesh.LedTo(other, port));
            var (led, open, shown) = overUdp is not null ? (overUdp, mesh.NeverLedTo(other, port), other) : (overTcp, mesh.NeverLedTo(packet, port), packet);
            if (led is null || !open || mesh.CaptureOf(led) is not { } capture)
            {
                continue;
            }
            var isUdp = overUdp is not null;
            var finding = context.FindingAt(
                DnsProtocols, capture.Decider, packet.Destination.Address.ToString(), isUdp ? "UDP" : "TCP", mesh.Listener(port), isUdp ? "TCP" : "UDP");
            yield return Show(Blame(context, finding, capture), shown, $"not redirected to :{port.Text()}");
            yield break;
        }
    }
}
