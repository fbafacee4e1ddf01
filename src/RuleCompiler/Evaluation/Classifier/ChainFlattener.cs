using System.Collections.Immutable;
using RuleCompiler.DecisionTables;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>Writes a chain and the chains that it calls down as one list of entries with their boxes.</summary>
internal sealed class ChainFlattener
{
    /// <summary>Boxes for each row, on average, before calls are no longer replaced by what they call.</summary>
    private const int BoxesPerRow = 4;

    private readonly CompiledRuleset _rules;
    private readonly RowBoxes _rowBoxes;
    private readonly int _boxBudget;
    private readonly BoxList _boxes;
    private readonly List<ChainEntry> _entries = [];
    private readonly bool[] _isOpen;

    /// <summary>Entries so far that take a packet past entries still to come: then none of these is the last one asked for.</summary>
    private int _leapCount;

    private ChainFlattener(CompiledRuleset rules, ImmutableArray<Lane> lanes, int rowCount)
    {
        _rules = rules;
        _rowBoxes = new RowBoxes(rules, lanes);
        _boxBudget = BoxesPerRow * rowCount;
        _boxes = new BoxList(lanes.Length);
        _isOpen = new bool[rules.Tables.Length];
    }

    /// <param name="rules">The rules.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="lanes">What boxes bound.</param>
    /// <param name="rowCount">Rows of the chain and all that it calls.</param>
    public static (ImmutableArray<ChainEntry> Entries, BoxList Boxes) Flatten(
        CompiledRuleset rules, DecisionTable chain, ImmutableArray<Lane> lanes, int rowCount)
    {
        var flattener = new ChainFlattener(rules, lanes, rowCount);
        flattener.AddChain(chain, flattener._rowBoxes.Everything, isBase: true);
        return ([.. flattener._entries], flattener._boxes);
    }

    /// <summary>Adds the rows of a chain for the packets of some boxes.</summary>
    /// <param name="table">The chain.</param>
    /// <param name="within">What packets come to it.</param>
    /// <param name="isBase">Whether a packet that returns from it meets no further entry.</param>
    private void AddChain(DecisionTable table, ImmutableArray<uint[]> within, bool isBase)
    {
        _isOpen[table.Chain.Index] = true;
        var leapCount = _leapCount;
        var first = _entries.Count;
        for (var index = 0; index < table.Rows.Length; index++)
        {
            AddRow(table, index, within, isBase);
        }
        ResumeBehind(first, table);
        _leapCount = leapCount; // all of them lead here
        _isOpen[table.Chain.Index] = false;
    }

    private void AddRow(DecisionTable table, int index, ImmutableArray<uint[]> within, bool isBase)
    {
        ref readonly var row = ref table.Rows[index];
        var (boxes, isExact) = _rowBoxes.Restrict(within, row);
        if (boxes.IsEmpty || (isExact && IsIdle(row)))
        {
            return;
        }
        if (isExact && row.Kind is ActionKind.Jump or ActionKind.Goto && !_isOpen[row.Target] && _boxes.Count < _boxBudget)
        {
            AddChain(_rules.Tables[row.Target], boxes, isBase: false);
            if (row.Kind == ActionKind.Goto)
            {
                AddLeap(new ChainEntry(table, ChainEntry.EndOfGoto, true, BoxSearch.None), boxes, isBase);
            }
            return;
        }
        var entry = new ChainEntry(table, index, isExact, BoxSearch.None);
        if (row.Kind is ActionKind.Return or ActionKind.Goto)
        {
            AddLeap(entry, boxes, isBase);
        }
        else
        {
            Add(entry, boxes, isFinal: isExact && _leapCount == 0 && IsTerminal(row));
        }
    }

    /// <summary>Adds an entry behind which packets leave the chain; a base chain is over then.</summary>
    private void AddLeap(ChainEntry entry, ImmutableArray<uint[]> boxes, bool isBase)
    {
        Add(entry, boxes, isFinal: isBase && entry is { IsExact: true, IsReturn: true });
        _leapCount += isBase ? 0 : 1;
    }

    /// <summary>Whether nothing comes of a packet's matching the row.</summary>
    private bool IsIdle(in Row row) =>
        row.Kind == ActionKind.Continue && _rules.Actions[row.Target].Effect is null or Effect.Log or Effect.Other;

    private static bool IsTerminal(in Row row) => row.Kind is not (ActionKind.Continue or ActionKind.Notrack
        or ActionKind.Jump or ActionKind.Unknown);

    private void Add(ChainEntry entry, ImmutableArray<uint[]> boxes, bool isFinal)
    {
        foreach (var box in boxes)
        {
            _boxes.Add(box, _entries.Count, isFinal);
        }
        _entries.Add(entry);
    }

    /// <summary>Lets packets that return from a chain go on behind what was added for it.</summary>
    private void ResumeBehind(int first, DecisionTable table)
    {
        for (var i = first; i < _entries.Count; i++)
        {
            if (ReferenceEquals(_entries[i].Table, table))
            {
                _entries[i] = _entries[i] with { Resume = _entries.Count };
            }
        }
    }
}
