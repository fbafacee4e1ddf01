using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting.Fixing;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Marks that are written over before anything reads them.</summary>
internal sealed class UnusedMarkAnalyzer : OrderingAnalyzer
{
    public static DiagnosticDescriptor UnusedMark { get; } = new("IPT3014", DiagnosticSeverity.Info)
    {
        Title = "Mark that nothing reads",
        Message = "The mark set here is written over on every way, before a rule, a route or what follows reads it",
        Explanation = """
            MARK goes on with the next rule, so of two that match the same packets the last one counts. Mostly a
            -j RETURN or -j ACCEPT behind the first one was forgotten, or masks were meant (--set-xmark 0x1/0x1), so that
            each rule writes its own bits. A mark also stays with its packet from hook to hook: one that is set in FORWARD
            and set again in POSTROUTING was for nothing, unless a rule in between asks for it.
            """,
        Example = """
            *mangle
            :PREROUTING ACCEPT [0:0]
            [|-A PREROUTING -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x1/0xffffffff|]
            -A PREROUTING -p tcp -j MARK --set-xmark 0x2/0xffffffff
            COMMIT
            """,
        Corrected = """
            *mangle
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -p tcp -j MARK --set-xmark 0x2/0xffffffff
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(UnusedMark, "unused-mark", Supersedes: RedundantRuleAnalyzer.Redundant.Id)];

    protected override Finding? Find(LintContext context, RuleSymbol rule, RuleFacts facts)
    {
        if (facts.Standing is not (RuleStanding.Redundant or RuleStanding.Needed)
            || context.Tables.Tables[rule.Chain.Index].FindRow(rule.RuleNumber) is not { Kind: ActionKind.Continue } row
            || context.Tables.Actions[row.Target].Effect is not Effect.SetMark { Mask: not 0 and var mask }
            || !context.MarkWriters.AreOthersFor(mask)
            || (facts.Standing == RuleStanding.Redundant && context.Ordering.EarlierTwin(rule) is not null))
        {
            return null;
        }
        var journeys = context.Journeys;
        using var turn = journeys.Begin();
        try
        {
            var trail = new MarkTrail(context, journeys, rule, mask);
            if (trail.IsWrittenOver(isRouted: true))
            {
                return Show(context, rule, trail, []);
            }
            return context.IsHostGiven && context.Host.Rules.All(policy => (policy.Mark.Mask & mask) == 0) && trail.IsWrittenOver(isRouted: false)
                ? Show(context, rule, trail, ["no routing rule of the host asks for these bits of the mark"]) : null;
        }
        catch (OutOfStepsException)
        {
            context.GiveUp(rule, "whether anything reads its mark");
            return null;
        }
    }

    /// <remarks>Packets that are stopped with the mark would be stopped without it: that counts as a change, so the rule is no fix's to remove.</remarks>
    private static Finding Show(LintContext context, RuleSymbol rule, MarkTrail trail, ImmutableArray<string> given) => context.FindingAt(UnusedMark, rule) with
    {
        Because = Causes(context, [.. trail.Writers], "writes another mark"),
        Given = given,
        Fix = trail.IsKeptByStopped ? null : RemovalFix.OfRule(context, rule),
    };
}
