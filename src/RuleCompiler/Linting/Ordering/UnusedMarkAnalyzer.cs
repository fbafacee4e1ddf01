using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting.Fixing;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Marks that are written over before anything reads them.</summary>
internal sealed class UnusedMarkAnalyzer : OrderingAnalyzer
{
    /// <summary>Stands for the mark in question, which must not be seen anywhere behind.</summary>
    private const string Trace = "the mark of the rule in question";

    public static DiagnosticDescriptor UnusedMark { get; } = new("IPT3014", DiagnosticSeverity.Info)
    {
        Title = "Mark that nothing reads",
        Message = "The mark set here is written over on every way, before a rule, a route or what follows reads it",
        Explanation = """
            MARK goes on with the next rule, so of two that match the same packets the last one counts. Mostly a
            -j RETURN or -j ACCEPT behind the first one was forgotten, or masks were meant (--set-xmark 0x1/0x1), so that
            each rule writes its own bits.
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
        // What nothing reads, nothing misses.
        if (facts.Standing != RuleStanding.Redundant || context.Ordering.EarlierTwin(rule) is not null
            || context.Tables.Tables[rule.Chain.Index].FindRow(rule.RuleNumber) is not
            { Kind: ActionKind.Continue } row
            || context.Tables.Actions[row.Target].Effect is not Effect.SetMark { Mask: not 0 } set)
        {
            return null;
        }
        return Judge(context, rule, set);
    }

    private static Finding? Judge(LintContext context, RuleSymbol rule, Effect.SetMark set)
    {
        var journeys = context.Journeys;
        using var turn = journeys.Begin();
        try
        {
            var writers = new SortedSet<RuleKey>(Comparer<RuleKey>.Create((one, other) => (one.Chain, one.Rule).CompareTo((other.Chain, other.Rule))));
            return journeys.Hits(rule).ToList().TrueForAll(hit => IsUnread(journeys, hit.Hook, hit.Cell, rule, set.Mask, writers))
                ? context.FindingAt(UnusedMark, rule) with
                {
                    Because = Causes(context, [.. writers.Where(key => SetsMark(context, key))], "writes another mark"),
                    Fix = RemovalFix.OfRule(context, rule),
                }
                : null;
        }
        catch (OutOfStepsException)
        {
            context.GiveUp(rule, "whether anything reads its mark");
            return null;
        }
    }

    /// <summary>Whether the mark that packets standing before a rule get from it is gone at the end of the hook, and nothing has asked for it.</summary>
    private static bool IsUnread(HostJourneys journeys, Hook hook, Cell cell, RuleSymbol rule, uint mask, ISet<RuleKey> writers)
    {
        foreach (var end in Ends(journeys, hook, cell, rule, mask, writers))
        {
            for (var assumed = end.Assumed; assumed is not null; assumed = assumed.Before)
            {
                if (journeys.IsAbout(assumed, Trace))
                {
                    return false;
                }
            }
            for (var dimension = 0; dimension < journeys.Layout.Count; dimension++)
            {
                if (end.Changes?[dimension] is Change.Unknown { Description: var text } && text.Contains(Trace, StringComparison.Ordinal))
                {
                    return false;
                }
            }
        }
        return true;
    }

    private static IEnumerable<Cell> Ends(HostJourneys journeys, Hook hook, Cell cell, RuleSymbol rule, uint mask, ISet<RuleKey> writers)
    {
        var walker = journeys.WalkerAt(hook);
        // Behind mangle, OUTPUT asks whether the mark has changed, and routes anew.
        walker.IsLocal = hook == Hook.Output && rule.Chain.Table is TableKind.Raw or TableKind.Mangle;
        walker.Skipped = new RuleKey(rule.Chain.Index, rule.RuleNumber);
        walker.Met = writers;
        var marked = cell.Clone();
        foreach (var part in journeys.Layout.Marks.Where(part => (part.Mask & mask) != 0))
        {
            marked.Changes = (marked.Changes ?? PacketChanges.None).With(part.Index, new Change.Unknown($"{Trace} {part.Mask}"));
        }
        walker.Push(marked);
        while (walker.MoveNext() is { } end)
        {
            yield return end;
        }
    }

    private static bool SetsMark(LintContext context, RuleKey key) =>
        context.Tables.Tables[key.Chain].FindRow(key.Rule) is { Kind: ActionKind.Continue } row
        && context.Tables.Actions[row.Target].Effect is Effect.SetMark or Effect.RestoreMark or Effect.HashMark or Effect.ShiftMark;
}
