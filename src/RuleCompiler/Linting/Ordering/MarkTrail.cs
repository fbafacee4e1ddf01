using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Follows the mark that a rule sets, through the rest of its hook and the hooks behind, and sees who reads it.</summary>
/// <remarks>
/// The mark becomes a value that stands for itself: a test of it, a copy and whatever else is made of it then show it. What
/// shows no value is asked for by name: logs print the mark, copies of a packet are routed by it, programs may load it.
/// </remarks>
internal sealed class MarkTrail(LintContext context, HostJourneys journeys, RuleSymbol rule, uint mask)
{
    /// <summary>Stands for the mark.</summary>
    private const string Trace = "the mark of the rule in question";

    private readonly MarkDimension[] _parts = [.. journeys.Layout.Marks.Where(part => (part.Mask & mask) != 0)];
    private readonly SortedSet<RuleKey> _writers = new(Comparer<RuleKey>.Create((one, other) => (one.Chain, one.Rule).CompareTo((other.Chain, other.Rule))));
    private bool _isRead;

    /// <summary>The rules that write over the mark.</summary>
    public IEnumerable<RuleKey> Writers => _writers;

    /// <summary>Whether some packets are stopped, or lost, with the mark.</summary>
    public bool IsKeptByStopped { get; private set; }

    /// <summary>Whether all packets that go on get another mark before anything reads this one.</summary>
    /// <param name="isRouted">Whether routing may ask for it.</param>
    /// <exception cref="OutOfStepsException">The budget is spent.</exception>
    public bool IsWrittenOver(bool isRouted)
    {
        _writers.Clear();
        (_isRead, IsKeptByStopped) = (false, false);
        foreach (var (hook, cell) in journeys.Hits(rule))
        {
            foreach (var end in journeys.Follow(hook, Marked(cell), rule, isRouted, Notice))
            {
                if (_isRead || IsTested(end.Assumed, cell.Assumed) || (isRouted && Shows(end.RoutedChanges)) || IsKept(end))
                {
                    return false;
                }
            }
        }
        return _writers.Count > 0;
    }

    private Cell Marked(Cell cell)
    {
        var marked = cell.Clone();
        if (marked.Chain is { } chain)
        {
            CellMover.SkipRule(marked, chain.Rows[marked.Rows?[marked.Next] ?? marked.Next]);
            CellMover.ForgetRows(marked, chain);
        }
        foreach (var part in _parts)
        {
            marked.Set(part, new Change.Unknown($"{Trace} {part.Mask}"));
        }
        return marked;
    }

    private void Notice(Cell cell, RuleKey key)
    {
        if (context.Tables.Tables[key.Chain].FindRow(key.Rule) is not { } row || !Shows(cell.Changes))
        {
            return;
        }
        if (MarkWriters.MaskOf(context.Tables, row) != 0)
        {
            _writers.Add(key);
        }
        _isRead |= row.Kind is ActionKind.Queue or ActionKind.Unknown
            || (row.Kind is ActionKind.Continue or ActionKind.Notrack && Reads(context.Tables.Actions[row.Target]));
    }

    private static bool Reads(RuleAction action) => Reads(action.Effect) || action is { Effect: Effect.Other, Target: "TEE" or "TRACE" };

    private static bool Reads(Effect? effect) => effect is Effect.Log or Effect.ChangeSet or Effect.SetZone { FromMark: true }
        || (effect is Effect.Several several && several.Effects.Any(Reads));

    /// <summary>Whether a rule behind has asked for the mark, or may have.</summary>
    private bool IsTested(Assumed? assumed, Assumed? before)
    {
        for (; assumed is not null && !ReferenceEquals(assumed, before); assumed = assumed.Before)
        {
            var variable = journeys.Rules.UnknownTable[assumed.Variable];
            if (variable.Key.Contains(Trace, StringComparison.Ordinal) || (variable.Condition is { } condition && MayAsk(condition)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>What a match that is not decided may look at: BPF programs can load the mark, sets of several dimensions may hold it.</summary>
    private bool MayAsk(Condition condition) => condition switch
    {
        Condition.UnknownCondition unknown => unknown.Name switch
        {
            "bpf" => true,
            "rpfilter" => unknown.Text.Contains("--validmark", StringComparison.Ordinal),
            "set" => unknown.Text.Contains(',', StringComparison.Ordinal),
            var name => ExtensionCatalog.FindMatch(System.Text.Encoding.UTF8.GetBytes(name), context.Family) is null,
        },
        Condition.MemberCondition member => member.Dimensions.Length > 1,
        Condition.NotCondition not => MayAsk(not.Operand),
        Condition.AllOfCondition all => all.Parts.Any(MayAsk),
        Condition.AnyOfCondition any => any.Parts.Any(MayAsk),
        _ => false,
    };

    /// <summary>Whether packets at their end still show the mark, and somebody there may read it.</summary>
    private bool IsKept(Cell end)
    {
        if (!Shows(end.Changes))
        {
            return false;
        }
        var isStopped = (end.IsLost || end.Verdict == CellVerdict.Drop)
            && !journeys.Layout.Dimensions.Except(_parts).Any(dimension => IsTrace(end.Changes?[dimension.Index]));
        IsKeptByStopped |= isStopped;
        return !isStopped;
    }

    private bool Shows(PacketChanges? changes)
    {
        if (changes is not null)
        {
            foreach (var dimension in journeys.Layout.Dimensions)
            {
                if (IsTrace(changes[dimension.Index]))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static bool IsTrace(Change? change) => change is Change.Unknown unknown && unknown.Description.Contains(Trace, StringComparison.Ordinal);
}
