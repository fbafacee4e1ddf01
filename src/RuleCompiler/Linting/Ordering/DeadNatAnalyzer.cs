using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Port forwards and redirects all of whose packets are stopped further on.</summary>
internal sealed class DeadNatAnalyzer : OrderingAnalyzer
{
    public static DiagnosticDescriptor DeadNat { get; } = new("IPT3016", DiagnosticSeverity.Warning)
    {
        Title = "Translated, then stopped",
        Message = "Every connection that this rule sends to another destination is stopped further on",
        Explanation = """
            Nat only says where a packet goes; whether it may is for FORWARD, INPUT or OUTPUT to say, and these see the new
            destination. Nothing gets through here, so a rule is missing that accepts the packets as they are after the
            translation, or accepts all of them by -m conntrack --ctstate DNAT.
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            [|-A PREROUTING -i eth0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.0.2.7:80|]
            COMMIT
            *filter
            :FORWARD DROP [0:0]
            -A FORWARD -p tcp -m tcp --dport 8080 -j ACCEPT
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -i eth0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.0.2.7:80
            COMMIT
            *filter
            :FORWARD DROP [0:0]
            -A FORWARD -p tcp -m tcp --dport 80 -j ACCEPT
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(DeadNat, "dead-nat")];

    protected override Finding? Find(LintContext context, RuleSymbol rule, RuleFacts facts)
    {
        if (rule.Chain.Table != TableKind.Nat || facts.Standing is not (RuleStanding.Needed or RuleStanding.Redundant)
            || context.Tables.Tables[rule.Chain.Index].FindRow(rule.RuleNumber) is not
            { Kind: ActionKind.Dnat or ActionKind.Redirect or ActionKind.Netmap } row
            || !context.Ordering.HooksOf(rule.Chain).All(hook => hook is Hook.Prerouting or Hook.Output)
            || !context.Stops.MayStop(context.Tables.Actions[row.Target].Effect as Effect.Translate))
        {
            return null;
        }
        var journeys = context.Journeys;
        using var turn = journeys.Begin();
        try
        {
            Cell? stopped = null;
            foreach (var end in Ends(journeys, rule))
            {
                if (end.Verdict is not (CellVerdict.Drop or CellVerdict.Reject))
                {
                    return null;
                }
                // A packet that gets another address shows it better than one that only gets another port.
                if (stopped is null || (journeys.KeepsDestination(stopped) && !journeys.KeepsDestination(end)))
                {
                    stopped = end;
                }
            }
            return stopped is null ? null : Show(context, rule, stopped);
        }
        catch (OutOfStepsException)
        {
            context.GiveUp(rule, "whether all packets that it translates are stopped further on");
            return null;
        }
    }

    /// <summary>What becomes of the first packets of connections that the rule translates.</summary>
    private static IEnumerable<Cell> Ends(HostJourneys journeys, RuleSymbol rule) =>
        from way in journeys.WaysTo(rule).ToList()
        from box in way.Boxes
        let opening = journeys.Opening(way.Hook, box)
        where opening is not null
        from end in journeys.Run(opening, rule: rule)
        where end.IsHit && journeys.IsRoutedAsHostDoes(end)
        select end;

    private static Finding? Show(LintContext context, RuleSymbol rule, Cell stopped)
    {
        var probe = new PacketProbe(context, context.Tables);
        Trace? trace = null;
        var packet = context.Journeys.FindPacket(stopped.Box, one => (trace = probe.Trace(one).FirstOrDefault(found =>
            HostPackets.IsStopped(found) && found.Steps.Any(step => probe.RuleOf(step) == rule))) is not null);
        if (packet is null || trace?.Steps.LastOrDefault() is not { } last)
        {
            return null;
        }
        return context.FindingAt(DeadNat, rule) with
        {
            Because =
            [
                probe.RuleOf(last) is { } stopping
                    ? context.CauseAt(stopping, "stops them")
                    : context.CauseAt(probe.ChainOf(last).Symbol, "the policy stops them"),
            ],
            Witness = PacketExpression.Format(packet),
            WitnessOutcome = trace.Verdict == Verdict.Drop ? "dropped" : "rejected",
            Assumptions = [.. trace.Assumptions.Select(assumption => assumption.ToString())],
        };
    }
}
