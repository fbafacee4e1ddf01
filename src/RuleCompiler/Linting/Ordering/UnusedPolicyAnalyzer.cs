using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Policies that no packet meets, and that say otherwise than the rule in front of them.</summary>
internal sealed class UnusedPolicyAnalyzer : LintAnalyzer
{
    public static DiagnosticDescriptor UnusedPolicy { get; } = new("IPT3021", DiagnosticSeverity.Info)
    {
        Title = "Policy that is never used",
        Message = "{0}, so the policy {1} of this chain never applies",
        Explanation = """
            The policy decides about what no rule of the chain does. Here the rules take every packet, and the last one says
            the opposite, so the policy misleads readers; and packets meet it after all for as long as the rules are flushed.
            """,
        Example = """
            *filter
            [|:INPUT ACCEPT [0:0]|]
            -A INPUT -i lo -j ACCEPT
            -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
            -A INPUT -j DROP
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT DROP [0:0]
            -A INPUT -i lo -j ACCEPT
            -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(UnusedPolicy, "policy-never-used")];

    public override bool NeedsOrdering => true;

    public override IEnumerable<Finding> Analyze(LintContext context) =>
        context.Tables.Tables.Select(table => Find(context, table)).OfType<Finding>();

    private static Finding? Find(LintContext context, DecisionTable table)
    {
        if (table.Chain.Hook is null || table.Rows is not [.., var last] || !Contradicts(last.Kind, table.Chain.PolicyDrops)
            || !(last.PredicateCount == 0 ? IsPassedByNone(context, table) : IsMetByNone(context, table, last)))
        {
            return null;
        }
        var rule = new RuleSymbol(table.Chain, last.RuleNumber);
        var number = ((uint)last.RuleNumber).Text();
        return context.FindingAt(
            UnusedPolicy,
            table.Chain,
            last.PredicateCount == 0 ? $"Rule {number} takes every packet that comes to it" : $"Rule {number} takes every packet that those before it leave",
            table.Chain.PolicyDrops ? "DROP" : "ACCEPT") with
        {
            Because = [context.CauseAt(rule, last.PredicateCount == 0 ? "takes every packet that comes to it" : "takes the rest")],
        };
    }

    /// <summary>Whether no rule before the last leads packets to the policy, where the last takes all that come to it.</summary>
    private static bool IsPassedByNone(LintContext context, DecisionTable table) =>
        !table.Rows.Any(row => LeadsToPolicy(row.Kind) && IsMet(context, new RuleSymbol(table.Chain, row.RuleNumber)));

    /// <summary>Whether no packet that enters the chain comes to its end, or returns from it.</summary>
    private static bool IsMetByNone(LintContext context, DecisionTable table, Row last)
    {
        if (!table.Rows.Any(row => Contradicts(row.Kind, table.Chain.PolicyDrops)) || UsualPackets(context, table).Any(packet => MeetsPolicy(context, table, packet)))
        {
            return false;
        }
        var journeys = context.Journeys;
        using var turn = journeys.Begin();
        try
        {
            return journeys.EndsOf(table.Chain).All(cell => cell.Verdict != CellVerdict.Return);
        }
        catch (OutOfStepsException)
        {
            context.GiveUp(new RuleSymbol(table.Chain, last.RuleNumber), "whether it takes every packet that those before it leave");
            return false;
        }
    }

    /// <summary>Packets that mostly no rule names, of which one spares the proof.</summary>
    private static IEnumerable<Packet> UsualPackets(LintContext context, DecisionTable table)
    {
        var packets = context.Packets;
        var (device, own, _) = packets.Host.Devices[0];
        var remote = packets.Unnamed(packets.Host.Remote, packets.Host.Address("203.0.113.77", "2001:db8:77::9"));
        foreach (var protocol in (byte[])[IpProtocol.Tcp, IpProtocol.Udp])
        {
            var opening = HostPackets.Opening(protocol, remote, own, packets.UnnamedPort);
            yield return table.Chain.Hook switch
            {
                Hook.Output or Hook.Postrouting => opening with { Source = opening.Source with { Address = own }, Destination = opening.Destination with { Address = remote } },
                Hook.Forward => opening with { InInterface = device, Destination = opening.Destination with { Address = remote }, OutInterface = "eth9" },
                _ => opening with { InInterface = device },
            };
        }
    }

    private static bool MeetsPolicy(LintContext context, DecisionTable table, Packet packet) =>
        new PacketProbe(context, context.Tables).CanBe(packet, trace => trace.Steps.Any(step =>
            step.Rule is null && step.Table == table.Chain.Table && step.Chain == table.Chain.Name));

    private static bool Contradicts(ActionKind kind, bool policyDrops) => kind switch
    {
        ActionKind.Accept => policyDrops,
        ActionKind.Drop or ActionKind.Reject => !policyDrops,
        _ => false,
    };

    private static bool LeadsToPolicy(ActionKind kind) => kind is ActionKind.Return or ActionKind.Goto;

    private static bool IsMet(LintContext context, RuleSymbol rule) =>
        context.Ordering[rule].Standing is RuleStanding.Needed or RuleStanding.Redundant or RuleStanding.Undecided;
}
