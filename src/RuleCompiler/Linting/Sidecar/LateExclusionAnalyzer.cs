using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Rules that are to leave out an interface, a port or a network, but stand behind the capture.</summary>
internal sealed class LateExclusionAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor LateExclusion { get; } = new("IPT4014", DiagnosticSeverity.Warning)
    {
        Title = "Exclusion too late",
        Message = "This rule spares nothing from capture: what it names is led to {0} before",
        Explanation = """
            A rule returns what comes by an interface, for a port, from or to a network; but a capture before it in the same
            hook has taken it already. Exclusions must stand before the capture.
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            [|-A PREROUTING -i net1 -j RETURN|]
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15090 -j RETURN
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            -A PREROUTING -i net1 -j RETURN
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15090 -j RETURN
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            COMMIT
            """,
    };

    private static readonly ImmutableArray<PacketField> Excluding =
    [
        PacketField.InInterface, PacketField.OutInterface, PacketField.DestinationPort, PacketField.Source, PacketField.Destination,
    ];

    public override ImmutableArray<LintCheck> Checks { get; } = [new(LateExclusion, "exclusion-too-late", Supersedes: "IPT3001")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        foreach (var hook in new[] { Hook.Prerouting, Hook.Output })
        {
            var packets = hook == Hook.Prerouting
                ? mesh.Packets.Inbound()
                : mesh.Packets.Applications.SelectMany(mesh.Packets.OutboundAnywhere);
            foreach (var rule in Exclusions(context, mesh, hook))
            {
                if (FindLate(context, mesh, rule, packets) is var (packet, capture))
                {
                    var finding = context.FindingAt(LateExclusion, rule, mesh.Listener(capture.Port)) with
                    {
                        Because = [context.CauseAt(capture.Decider, $"leads them to port {capture.Port.Text()} first")],
                    };
                    yield return Show(finding, packet, $"led to :{capture.Port.Text()}, not returned");
                }
            }
        }
    }

    /// <summary>A packet that a rule names and that is captured, where the rule spares none at all.</summary>
    private static (Packet Packet, Capture Capture)? FindLate(LintContext context, Mesh mesh, RuleSymbol rule, IEnumerable<Packet> packets)
    {
        var moved = new PacketProbe(context, context.Tables.WithFirst(rule));
        var without = mesh.Without(rule);
        (Packet, Capture)? late = null;
        foreach (var packet in packets)
        {
            if (!moved.CanBe(packet, trace => trace.Steps.Any(step => step.Table == rule.Chain.Table && step.Chain == rule.Chain.Name && step.Rule == rule.RuleNumber)))
            {
                continue; // the rule does not name it
            }
            var traces = mesh.Probe.Trace(packet);
            if (traces.IsEmpty || traces.Any(trace => !mesh.IsCaptured(trace)) && !without.Trace(packet).All(trace => !mesh.IsCaptured(trace)))
            {
                return null; // the rule spares it, or may
            }
            late ??= traces.All(mesh.IsCaptured) && mesh.CaptureOf(traces[0]) is { } capture ? (packet, capture) : null;
        }
        return mesh.Packets.IsPartial ? null : late;
    }

    /// <summary>Rules of a hook that return or accept what they name by interface, port or address, whoever sends it.</summary>
    private static IEnumerable<RuleSymbol> Exclusions(LintContext context, Mesh mesh, Hook hook) =>
        from index in mesh.ChainsFrom(hook)
        let chain = context.Ruleset.Chains[index]
        where chain.Symbol.Table == TableKind.Nat
        from rule in chain.Rules
        where rule.Target is { } target && target.Extension.Lower(target).Kind is ActionKind.Return or ActionKind.Accept
        let tests = CaptureMap.TestsOf(rule).ToArray()
        where tests.All(test => test.Field == PacketField.Protocol || Excluding.Contains(test.Field))
            && tests.Any(test => Excluding.Contains(test.Field) && !test.IsNegated && !IsLoopback(context.Family, test))
        where !IsBehindRedirect(context, chain, rule)
        select new RuleSymbol(chain.Symbol, rule.Number);

    /// <summary>
    /// Whether a redirect of the same chain takes all that the rule names: then it can match nothing at all, which is
    /// said of every such rule, whatever it is for.
    /// </summary>
    private static bool IsBehindRedirect(LintContext context, BoundChain chain, BoundRule rule)
    {
        var rows = context.Tables.Tables[chain.Symbol.Index].Rows;
        return rows.FirstOrDefault(row => row.RuleNumber == rule.Number) is { RuleNumber: > 0 } own && rows.Any(row =>
            row.RuleNumber < rule.Number && row.Kind is ActionKind.Redirect or ActionKind.Tproxy
            && context.Tables.TestsOf(row).IsSubsetOf(context.Tables.TestsOf(own)));
    }

    /// <summary>Whether a test is for what stays on the host anyway.</summary>
    private static bool IsLoopback(Family family, (PacketField Field, UInt128 Value, bool IsNegated) test) => test.Field switch
    {
        PacketField.InInterface or PacketField.OutInterface => test.Value == InterfaceName.Pack(HostInterface.Loopback.Name),
        PacketField.Source or PacketField.Destination => CaptureMap.IsLoopback(new IpAddress(family, test.Value)),
        _ => false,
    };
}
