using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Marks that are to bring packets to this host's sockets, on a host whose routing does not know them.</summary>
internal sealed class TproxyRouteAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor TproxyRoute { get; } = new("IPT4026", DiagnosticSeverity.Warning)
    {
        Title = "TPROXY without its route",
        Message = "The mark {0} set here has no route to this host: packets for other addresses are forwarded or lost",
        Explanation = """
            TPROXY leaves a packet's destination as it is, so routing would send it on. A routing rule for the mark, and a
            local route in its table, bring it here: ip rule add fwmark MARK lookup 133, ip route add local default dev lo
            table 133. The host's facts (--host) have no such pair.
            """,
        Example = """
            *mangle
            :PREROUTING ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            [|-A ISTIO_INBOUND -p tcp -j TPROXY --on-port 15006 --on-ip 0.0.0.0 --tproxy-mark 0x539/0xffffffff|]
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            COMMIT
            """,
        ExampleHost = """
            {
              "interfaces": [{ "name": "eth0", "addresses": ["10.244.1.7/24"] }],
              "routes": [{ "destination": "default", "via": "10.244.1.1", "interface": "eth0" }]
            }
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(TproxyRoute, "tproxy-without-route")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        if (!context.IsHostGiven || !mesh.ProxyMarks.Any())
        {
            yield break;
        }
        var found = new HashSet<uint>();
        foreach (var (rule, mark) in Marking(context, mesh))
        {
            if (!IsRouted(context.Host, context.Family, mark) && found.Add(mark))
            {
                yield return context.FindingAt(TproxyRoute, rule, $"0x{mark:x}") with
                {
                    Given = [$"the host has no rule for mark 0x{mark:x} that leads to a local default route"],
                };
            }
        }
    }

    /// <summary>Rules of mangle that arrivals meet and that mark what is for a listener: TPROXY, and what sets such a mark and accepts.</summary>
    private static IEnumerable<(RuleSymbol Rule, uint Mark)> Marking(LintContext context, Mesh mesh)
    {
        foreach (var chain in context.Ruleset.Chains.Where(chain =>
            chain.Symbol.Table == TableKind.Mangle && mesh.Captures.IsReached(chain.Symbol.Index, Hook.Prerouting)))
        {
            foreach (var rule in chain.Rules.Where(rule => rule.Target is not null))
            {
                var effect = rule.Target is { } target ? target.Extension.Lower(target).Effect : null;
                var next = chain.Rules.ElementAtOrDefault(rule.Number)?.Target is { } behind ? behind.Extension.Lower(behind).Kind : ActionKind.Continue;
                uint? mark = effect switch
                {
                    Effect.ProxyTo { MarkMask: not 0 } proxy => proxy.MarkValue & proxy.MarkMask,
                    Effect.SetMark set when next == ActionKind.Accept => set.Value,
                    _ => null,
                };
                if (mark is { } value)
                {
                    yield return (new RuleSymbol(chain.Symbol, rule.Number), value);
                }
            }
        }
    }

    private static bool IsRouted(HostFacts host, Family family, uint mark) => host.Rules.Any(rule =>
        (mark & rule.Mark.Mask) == rule.Mark.Value && host.Routes.Any(route =>
            route is { IsLocal: true, Destination: null } && route.Table == rule.Table && (route.Family ?? family) == family));
}
