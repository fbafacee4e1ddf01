using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Decides whether a rule only writes what earlier rules have written already.</summary>
/// <remarks>
/// Packets that are behind a rule as they were in front of it need not be carried on to know that they do without it,
/// as long as they meet it once. Serves one thread.
/// </remarks>
internal sealed class RepetitionProver(SpaceRuleset rules, CellWalker[] walkers)
{
    private readonly List<Frame> _frames = [];

    /// <summary>Whether a rule does no more than to change packets, itself or by a chain that it calls.</summary>
    public bool IsFor(SpaceChain chain, int rule)
    {
        ref readonly var row = ref chain.Rows[chain.FindRule(rule)];
        return row.Kind == ActionKind.Jump ? rules.Chains[row.Target].Rows is { Length: > 0 } called && Array.TrueForAll(called, Writes) : Writes(row);

        bool Writes(SpaceRow row) => row.Kind == ActionKind.Continue
            && rules.Compiled.Actions[row.Target].Effect is not (null or Effect.Log or Effect.Other);
    }

    /// <summary>Whether the packets of a cell that stands at such a rule, matching it, are behind it as they are.</summary>
    /// <param name="hook">The hook.</param>
    /// <param name="cell">The cell, with its <see cref="Cell.Writings"/>.</param>
    /// <param name="chain">The rule's chain.</param>
    /// <param name="rule">1-based.</param>
    /// <param name="writers">Takes the earlier rules that have written what it writes.</param>
    public bool IsRepeated(Hook hook, Cell cell, SpaceChain chain, int rule, ISet<RuleKey> writers)
    {
        if (cell is not { Changes: { } before, Writings: not null })
        {
            return false;
        }
        ref readonly var row = ref chain.Rows[chain.FindRule(rule)];
        var walker = walkers[(int)hook];
        walker.Clear();
        walker.IsLocal = true;
        if (row.Kind == ActionKind.Continue)
        {
            walker.Act(cell.Clone(), chain, row);
            return walker.TakeAll().TrueForAll(behind => IsSame(cell, before, behind, writers));
        }
        walker.EnterChain(cell.Clone(), rules.Chains[row.Target]);
        while (walker.MoveNext() is { } behind)
        {
            if (!IsSame(cell, before, behind, writers))
            {
                return false;
            }
        }
        return true;
    }

    private bool IsSame(Cell cell, PacketChanges before, Cell behind, ISet<RuleKey> writers)
    {
        if (behind.Tracking != cell.Tracking || !ReferenceEquals(behind.Assumed, cell.Assumed) || !ReferenceEquals(behind.Deeds, cell.Deeds)
            || behind.Changes is not { } after || after.All.Length != before.All.Length)
        {
            return false;
        }
        foreach (var (dimension, change) in after.All)
        {
            if (before[dimension] is not { } earlier || earlier != change)
            {
                return false;
            }
            if (!ReferenceEquals(earlier, change))
            {
                if (WriterOf(cell, dimension, earlier) is not { } writer)
                {
                    return false;
                }
                writers.Add(writer);
            }
        }
        return true;
    }

    /// <summary>The rule that a change comes from: of those on no way to the cell's chain, the one next to that way.</summary>
    private RuleKey? WriterOf(Cell cell, int dimension, Change change)
    {
        if (!ReferenceEquals(cell.Writings?.Changes?[dimension], change))
        {
            return null;
        }
        var writing = cell.Writings;
        while (writing.Before is { } before && ReferenceEquals(before.Changes?[dimension], change))
        {
            writing = before;
        }
        _frames.Clear();
        for (var frame = cell.Caller; frame is not null; frame = frame.Caller)
        {
            _frames.Add(frame);
        }
        var writer = new RuleKey(writing.Chain.Index, writing.RuleNumber);
        for (var frame = writing.Caller; frame is not null && !_frames.Exists(own => ReferenceEquals(own, frame)); frame = frame.Caller)
        {
            writer = new RuleKey(frame.Chain.Symbol.Index, frame.RuleNumber);
        }
        return writer;
    }
}
