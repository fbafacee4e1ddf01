using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Captured name queries whose connections share a conntrack zone with those of the agent.</summary>
internal sealed class DnsZoneAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor DnsZone { get; } = new("IPT4021", DiagnosticSeverity.Info)
    {
        Title = "Name queries share a conntrack zone",
        Message = "The application's query to {0} and what {1} then asks it are in the same conntrack zone, {2}",
        Explanation = """
            The application's query and the agent's go from the same pod to the same resolver, and over UDP they can have the
            same source port. In one conntrack zone they are then one connection: an answer goes to the wrong one of the
            two, and a name is not found, once in a while. Rules of raw (CT --zone) keep them apart.
            """,
        Example = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            [|-A ISTIO_OUTPUT -p udp -m udp --dport 53 -j REDIRECT --to-ports 15053|]
            COMMIT
            """,
        Corrected = """
            *raw
            :OUTPUT ACCEPT [0:0]
            -A OUTPUT -p udp -m udp --dport 53 -m owner --uid-owner 1337 -j CT --zone 1
            COMMIT
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p udp -m udp --dport 53 -j REDIRECT --to-ports 15053
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(DnsZone, "dns-zone")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        if (mesh.Profile.DnsPort is not { } port || !mesh.IsInPod)
        {
            yield break;
        }
        foreach (var query in mesh.Packets.Queries(mesh.Packets.Applications[0], IpProtocol.Udp))
        {
            if (mesh.LedTo(query, port) is not { } trace || mesh.CaptureOf(trace) is not { } capture)
            {
                continue;
            }
            var zone = ZoneOf(trace);
            if (mesh.Probe.Always(mesh.Proxy.Of(query), upstream => ZoneOf(upstream) == zone) is not null
                && mesh.Probe.Always(query, t => ZoneOf(t) == zone) is not null)
            {
                var finding = context.FindingAt(
                    DnsZone, capture.Decider, query.Destination.Address.ToString(), mesh.Profile.Agent, zone);
                yield return Show(Blame(context, finding, capture), query, $"redirected to :{port.Text()}, in zone {zone}");
                yield break;
            }
        }
    }

    private static string ZoneOf(Trace trace) => trace.Steps.Where(step => step is { Table: TableKind.Raw, Pass: 1 })
        .SelectMany(step => step.Effects)
        .LastOrDefault(effect => effect.Kind == "zone")?.Value ?? "0";
}
