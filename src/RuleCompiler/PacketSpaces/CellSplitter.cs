using System.Numerics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Compares a cell with constraints on what its packets are now, and cuts it where they say different things of different packets.</summary>
/// <remarks>Serves one thread.</remarks>
internal sealed class CellSplitter
{
    private readonly SpaceLayout _layout;
    private readonly UnknownTable _unknowns;
    private readonly ulong _connectionMask;
    private readonly int _state;
    private readonly int _invalidClass;
    private readonly int _untrackedClass;
    private readonly ulong _untrackedState;
    private readonly List<SpaceTest> _cuts = [];
    private readonly List<int> _choices = [];
    private readonly List<ulong> _codes = [];

    public CellSplitter(SpaceLayout layout, UnknownTable unknowns)
    {
        _layout = layout;
        _unknowns = unknowns;
        var state = layout[PacketField.ConntrackState];
        _state = state.Index;
        _invalidClass = state.ClassOf((int)ConntrackState.Invalid);
        _untrackedClass = state.ClassOf((int)ConntrackState.Untracked);
        _untrackedState = state.CodeOf(_untrackedClass);
        NewStates = state.CodeOf(state.ClassOf((int)ConntrackState.New));
        RelatedStates = state.CodeOf(state.ClassOf((int)ConntrackState.Related));
        EntryStates = NewStates | RelatedStates | state.CodeOf(state.ClassOf((int)ConntrackState.Established));
        foreach (var dimension in layout.Dimensions)
        {
            if (dimension.Field is >= PacketField.ConnectionMark and <= PacketField.ConntrackZone)
            {
                _connectionMask |= 1UL << (dimension.Index & 63);
            }
        }
    }

    public ulong NewStates { get; }

    public ulong RelatedStates { get; }

    /// <summary>The states of packets that have a conntrack entry.</summary>
    public ulong EntryStates { get; }

    /// <summary>Whether the cell's packets have a conntrack entry, as rules see it now.</summary>
    public bool HasEntry(Cell cell) => cell.Tracking == TrackingPhase.Tracked && (cell.Box[_state] & EntryStates) != 0;

    /// <summary>Cuts off the packets that are untracked from the start; null where there are none.</summary>
    public Cell? TakeUntracked(Cell cell)
    {
        var untracked = cell.Box[_state] & _untrackedState;
        if (untracked == Boxes.Nothing)
        {
            return null;
        }
        var piece = cell.Clone();
        piece.Box[_state] = untracked;
        cell.Box[_state] &= ~untracked;
        return piece;
    }

    /// <summary>Whether a cell's packets are untracked, and were when they entered.</summary>
    public bool WasUntracked(Cell cell) => cell.Tracking == TrackingPhase.Untracked && cell.Box[_state] == _untrackedState;

    /// <summary>Whether nothing is left of a cell that <see cref="TakeUntracked"/> has cut.</summary>
    public bool IsNowhere(Cell cell) => cell.Box[_state] == Boxes.Nothing;

    /// <summary>The partial constraints found by the last <see cref="Relate"/>.</summary>
    public bool IsPartial => _cuts.Count > 0;

    /// <summary>Variables that the last <see cref="Relate"/> found open: each must hold for the constraints to.</summary>
    public List<int> Choices => _choices;

    /// <summary>Compares.</summary>
    /// <returns>False where no packet of the cell satisfies all tests.</returns>
    public bool Relate(Cell cell, ReadOnlySpan<SpaceTest> tests)
    {
        _cuts.Clear();
        _choices.Clear();
        var special = (cell.Changes?.Mask ?? 0) | (cell.Tracking == TrackingPhase.Tracked ? 0 : _connectionMask);
        foreach (var (dimension, code) in tests)
        {
            if ((special >> (dimension & 63) & 1) != 0)
            {
                if (!RelateChanged(cell, dimension, code))
                {
                    return false;
                }
                continue;
            }
            if (!RelateEntry(cell, dimension, code))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Narrows a cell to the constraints of the last <see cref="Relate"/> and gives the pieces cut off.</summary>
    public void Cut(Cell cell, Action<Cell> takeRest)
    {
        foreach (var (dimension, code) in _cuts)
        {
            _codes.Clear();
            var d = _layout.Dimensions[dimension];
            d.AddDifference(cell.Box[dimension], code, _codes);
            foreach (var rest in _codes)
            {
                var piece = cell.Clone();
                piece.Box[dimension] = rest;
                takeRest(piece);
            }
            cell.Box[dimension] = Boxes.Meet(cell.Box[dimension], code, d.IsNarrow);
        }
    }

    /// <summary>Cuts off the parts of cells that satisfy tests.</summary>
    /// <returns>What is left.</returns>
    public List<Cell> CutOff(IEnumerable<Cell> cells, ReadOnlySpan<SpaceTest> tests, Action<Cell> take)
    {
        var rest = new List<Cell>();
        foreach (var cell in cells)
        {
            if (Relate(cell, tests))
            {
                Cut(cell, rest.Add);
                take(cell);
            }
            else
            {
                rest.Add(cell);
            }
        }
        return rest;
    }

    /// <summary>What a dimension is for all packets of the cell: their own classes, or those that changes gave them.</summary>
    /// <returns>The code, which may be too large for a dimension that was changed to something not known.</returns>
    public ulong CodeNow(Cell cell, int dimension)
    {
        var d = _layout.Dimensions[dimension];
        if (cell.Tracking != TrackingPhase.Tracked && d.Field is >= PacketField.ConnectionMark and <= PacketField.ConntrackZone)
        {
            return d.CodeOf(ClassBeforeLookup(cell, d));
        }
        return cell.Changes?[dimension] switch
        {
            null => cell.Box[dimension],
            Change.Constant constant => d.CodeOf(constant.Class),
            Change.Mapped { Map: null } alias => cell.Box[alias.Source],
            var unknown => CodeOf(d, unknown),
        };
    }

    /// <summary>What a value that rules do not tell can be.</summary>
    private static ulong CodeOf(Dimension d, Change? unknown)
    {
        if (unknown is not Change.Unknown { Choice: { Kind: ChoiceKind.Packet or ChoiceKind.HostBits or ChoiceKind.Chance, Values: var (first, last) } })
        {
            return d.Present;
        }
        var codes = new List<ulong>();
        d.AddCodes(FieldSet.Range(first, last), codes);
        return codes[0];
    }

    private bool RelateEntry(Cell cell, int dimension, ulong code)
    {
        // Where a value was copied, two fields of a rule can ask for the same one.
        var same = IndexOfCut(dimension);
        var own = cell.Box[dimension];
        var common = Boxes.Meet(own, same < 0 ? code : Boxes.Meet(code, _cuts[same].Code, dimension < _layout.NarrowCount), dimension < _layout.NarrowCount);
        if (common == Boxes.Nothing)
        {
            return false;
        }
        if (same >= 0)
        {
            _cuts[same] = new SpaceTest(dimension, common);
        }
        else if (common != own)
        {
            _cuts.Add(new SpaceTest(dimension, code));
        }
        return true;
    }

    private int IndexOfCut(int dimension)
    {
        for (var i = 0; i < _cuts.Count; i++)
        {
            if (_cuts[i].Dimension == dimension)
            {
                return i;
            }
        }
        return -1;
    }

    private bool RelateChanged(Cell cell, int dimension, ulong code)
    {
        var d = _layout.Dimensions[dimension];
        if (cell.Tracking != TrackingPhase.Tracked && d.Field is >= PacketField.ConnectionMark and <= PacketField.ConntrackZone)
        {
            return Contains(d, code, ClassBeforeLookup(cell, d));
        }
        switch (cell.Changes?[dimension])
        {
            case null:
                return RelateEntry(cell, dimension, code);
            case Change.Constant constant:
                return Contains(d, code, constant.Class);
            case Change.Mapped { Map: null } alias:
                return RelateEntry(cell, alias.Source, code);
            case Change.Mapped { Map: { } map } mapped when _layout.Dimensions[mapped.Source].IsNarrow && d.IsNarrow && !Array.Exists(map, c => c < 0):
                var preimage = PreimageOf(cell.Box[mapped.Source], cls => (code >> map[cls] & 1) != 0);
                return preimage != 0 && RelateEntry(cell, mapped.Source, preimage);
            case Change.OneHopLess passed:
                return RelatePassed(cell, d, code, passed.Before);
            case { } unknown:
                return RelateUnknown(cell, d, code, unknown.ToString(), CodeOf(d, unknown));
        }
    }

    /// <summary>The layout tells apart what sets that are asked for hold after a hop, so that a class speaks for its values.</summary>
    private bool RelatePassed(Cell cell, Dimension d, ulong code, Change? before)
    {
        return before switch
        {
            Change.Constant constant when d.IsSingle(constant.Class) => Holds(constant.Class),
            null when d.IsNarrow && _layout.TellsHopsLeft =>
                PreimageOf(cell.Box[d.Index], Holds) is not Boxes.Nothing and var preimage && RelateEntry(cell, d.Index, preimage),
            _ => RelateUnknown(cell, d, code, $"{before} passed on", d.Present),
        };

        bool Holds(int cls) => cls != d.AbsentClass && Contains(d, code, d.ClassOf(Change.OneHopLess.Apply((uint)d.ValueOf(cls))));
    }

    /// <summary>Those classes of a narrow dimension's code of which a test holds.</summary>
    private static ulong PreimageOf(ulong code, Func<int, bool> holds)
    {
        var preimage = 0UL;
        for (var rest = code; rest != 0; rest &= rest - 1)
        {
            var cls = BitOperations.TrailingZeroCount(rest);
            preimage |= holds(cls) ? 1UL << cls : 0;
        }
        return preimage;
    }

    /// <param name="possible">What it can be.</param>
    private bool RelateUnknown(Cell cell, Dimension d, ulong code, string description, ulong possible)
    {
        var common = Boxes.Meet(possible, code, d.IsNarrow);
        if (common == possible || common == Boxes.Nothing)
        {
            return common != Boxes.Nothing;
        }
        var variable = _unknowns.Find($"{description} {d.Index} {code}", PacketFieldInfo.Name(d.Field), isStateful: false);
        switch (Find(cell, variable))
        {
            case 0:
                return false;
            case null:
                _choices.Add(variable);
                return true;
            default:
                return true;
        }
    }

    /// <summary>The value that a cell, or the other way of its packets, has chosen for an unknown; null where it is open.</summary>
    public int? Find(Cell cell, int variable)
    {
        if (cell.Settled?.Find(variable) is { } settled)
        {
            return settled ? 1 : 0;
        }
        if (!_unknowns[variable].IsStateful)
        {
            return (Last(cell.Assumed, variable) ?? Last(cell.Given, variable))?.Value;
        }
        // Each passage is a choice of its own: this one's is that of as many passages on the other way.
        if (cell.Given is null)
        {
            return null;
        }
        var passages = Count(cell.Assumed, variable);
        var others = Count(cell.Given, variable);
        var found = Last(cell.Given, variable);
        for (; others > passages + 1; others--)
        {
            found = Last(found?.Before, variable);
        }
        return others == passages + 1 ? found?.Value : null;
    }

    private static Assumed? Last(Assumed? assumed, int variable)
    {
        while (assumed is not null && assumed.Variable != variable)
        {
            assumed = assumed.Before;
        }
        return assumed;
    }

    private static int Count(Assumed? assumed, int variable)
    {
        var count = 0;
        for (; assumed is not null; assumed = assumed.Before)
        {
            count += assumed.Variable == variable ? 1 : 0;
        }
        return count;
    }

    private int ClassBeforeLookup(Cell cell, Dimension d) =>
        cell.Tracking == TrackingPhase.Prepared ? d.ClassOf(ConntrackTemplate.Value(d.Field))
        : d.Field != PacketField.ConntrackState ? d.AbsentClass
        : cell.Tracking == TrackingPhase.Untracked ? _untrackedClass
        : _invalidClass;

    private static bool Contains(Dimension d, ulong code, int cls) =>
        Boxes.Meet(code, d.CodeOf(cls), d.IsNarrow) != Boxes.Nothing;
}
