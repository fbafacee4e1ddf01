using System.Runtime.InteropServices;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing.Overlay;

/// <summary>Lays two lists over each other and finds the boxes in which they may do different things.</summary>
/// <remarks>
/// At a box both lists are cut down to the rows that meet it, to the first that takes all of it, and from behind to the last that
/// does anything else than what follows. Are they then the same, row by row, the box is settled, whatever the rows say: that
/// is what makes two nearly equal dumps cheap. If the first row of both takes all of the box, it is settled too. Else it is cut:
/// while the lists are long at the end point that separates their rows best, then at the faces of their first rows. What no
/// cut settles is suspect: rows that hang on unknowns, or change packets, in another order. Cost: for lists of n rows that
/// mostly name different addresses, n log n.
/// </remarks>
internal sealed class ListOverlay
{
    private const int Long = 24;
    private const int SampleSize = 48;

    private readonly SpaceLayout _layout;
    private readonly Side _old;
    private readonly Side _new;
    private readonly StepBudget _budget;
    private readonly Func<ulong[], bool> _suspect;
    private readonly List<uint> _ends = [];
    private bool _isStopped;

    /// <param name="layout">The dimensions of both.</param>
    /// <param name="before">The old list.</param>
    /// <param name="after">The new list.</param>
    /// <param name="budget">What it may cost; a step is a box looked at.</param>
    /// <param name="suspect">Takes each box that is not settled; false ends the work.</param>
    public ListOverlay(SpaceLayout layout, FlatList before, FlatList after, StepBudget budget, Func<ulong[], bool> suspect)
    {
        _layout = layout;
        _old = new Side(before, layout.NarrowCount);
        _new = new Side(after, layout.NarrowCount);
        _budget = budget;
        _suspect = suspect;
    }

    /// <summary>Looks at a box.</summary>
    /// <returns>False where the work was ended.</returns>
    public bool Run(ulong[] box)
    {
        Run(box, _old.All(), _new.All());
        return !_isStopped;
    }

    private void Run(ulong[] box, Rows oldBefore, Rows newBefore)
    {
        if (_isStopped)
        {
            return;
        }
        _budget.Spend();
        var before = _old.Filter(box, oldBefore);
        var after = _new.Filter(box, newBefore);
        if (!IsSame(box, before, after))
        {
            var oldEnd = _old.Decision(box, before);
            var newEnd = _new.Decision(box, after);
            if (oldEnd < 0 || newEnd < 0)
            {
                Cut(box, before, after);
            }
            else if (oldEnd != newEnd)
            {
                Suspect(box);
            }
        }
        _old.Forget(before);
        _new.Forget(after);
    }

    private void Suspect(ulong[] box) => _isStopped = _isStopped || !_suspect(box);

    private bool IsSame(ulong[] box, Rows before, Rows after)
    {
        if (before.Count != after.Count || before.End != after.End)
        {
            return false;
        }
        for (var i = 0; i < before.Count; i++)
        {
            ref readonly var one = ref _old.Row(before, i);
            ref readonly var other = ref _new.Row(after, i);
            if (one.Action != other.Action || one.Guard != other.Guard || one.Ends != other.Ends || one.SkipTo < 0 != other.SkipTo < 0
                || (one.SkipTo >= 0 && _old.CountSkipped(before, i) != _new.CountSkipped(after, i))
                || !IsSameBox(box, _old.List.TestsOf(one), _new.List.TestsOf(other)))
            {
                return false;
            }
        }
        return true;
    }

    private bool IsSameBox(ulong[] box, ReadOnlySpan<SpaceTest> one, ReadOnlySpan<SpaceTest> other)
    {
        int i = 0, j = 0;
        while (i < one.Length || j < other.Length)
        {
            var dimension = i == one.Length ? other[j].Dimension : j == other.Length ? one[i].Dimension : Math.Min(one[i].Dimension, other[j].Dimension);
            var own = box[dimension];
            var isNarrow = dimension < _layout.NarrowCount;
            var left = i < one.Length && one[i].Dimension == dimension ? Boxes.Meet(own, one[i++].Code, isNarrow) : own;
            var right = j < other.Length && other[j].Dimension == dimension ? Boxes.Meet(own, other[j++].Code, isNarrow) : own;
            if (left != right)
            {
                return false;
            }
        }
        return true;
    }

    private void Cut(ulong[] box, Rows before, Rows after)
    {
        if (before.Count + after.Count > Long && ChooseCut(box, before, after) is var (dimension, cut))
        {
            foreach (var code in (ReadOnlySpan<ulong>)[(uint)box[dimension] | ((ulong)cut << 32), cut | (box[dimension] >> 32 << 32)])
            {
                var half = (ulong[])box.Clone();
                half[dimension] = code;
                Run(half, before, after);
            }
            return;
        }
        if ((_old.FirstPartial(box, before) ?? _new.FirstPartial(box, after)) is not { } tests)
        {
            Suspect(box);
            return;
        }
        var inside = (ulong[])box.Clone();
        var codes = new List<ulong>();
        foreach (var (d, code) in tests)
        {
            codes.Clear();
            _layout.Dimensions[d].AddDifference(inside[d], code, codes);
            foreach (var rest in codes)
            {
                var piece = (ulong[])inside.Clone();
                piece[d] = rest;
                Run(piece, before, after);
            }
            inside[d] = Boxes.Meet(inside[d], code, d < _layout.NarrowCount);
        }
        Run(inside, before, after);
    }

    /// <summary>The median end point, inside the box, of the wide dimension that separates a sample of both lists best.</summary>
    private (int Dimension, uint Cut)? ChooseCut(ulong[] box, Rows before, Rows after)
    {
        (int, uint)? best = null;
        var sample = new List<(uint Low, uint End)>(2 * SampleSize);
        var bestCost = double.MaxValue;
        for (var d = _layout.NarrowCount; d < _layout.Count; d++)
        {
            sample.Clear();
            _ends.Clear();
            _old.Sample(before, d, box[d], SampleSize, sample);
            _new.Sample(after, d, box[d], SampleSize, sample);
            foreach (var (low, end) in sample)
            {
                if (low > (uint)box[d])
                {
                    _ends.Add(low);
                }
                if (end < (uint)(box[d] >> 32))
                {
                    _ends.Add(end);
                }
            }
            if (_ends.Count == 0)
            {
                continue;
            }
            _ends.Sort();
            var cut = _ends[_ends.Count / 2];
            int left = 0, right = 0;
            foreach (var (low, end) in sample)
            {
                left += low < cut ? 1 : 0;
                right += end > cut ? 1 : 0;
            }
            var cost = Math.Max(left, right) + (0.5 * (left + right - sample.Count));
            if (cost < bestCost && cost < 0.95 * sample.Count)
            {
                (best, bestCost) = ((d, cut), cost);
            }
        }
        return best;
    }

    /// <summary>The rows of one list that meet a box.</summary>
    /// <param name="First">Where they begin.</param>
    /// <param name="Count">How many.</param>
    /// <param name="End">What is done to packets that none of them takes.</param>
    private readonly record struct Rows(int First, int Count, int End);

    /// <summary>One list, and what was filtered of it so far: a stack.</summary>
    private sealed class Side(FlatList list, int narrowCount)
    {
        private readonly List<int> _rows = [.. Enumerable.Range(0, list.Rows.Length)];

        public FlatList List { get; } = list;

        public Rows All() => new(0, List.Rows.Length, List.Policy);

        public ref readonly FlatRow Row(Rows rows, int index) => ref List.Rows[_rows[rows.First + index]];

        public void Forget(Rows rows) => CollectionsMarshal.SetCount(_rows, rows.First);

        public Rows Filter(ulong[] box, Rows rows)
        {
            var first = _rows.Count;
            var end = rows.End;
            int skipTo = 0, mostSkipped = 0;
            for (var i = rows.First; i < rows.First + rows.Count; i++)
            {
                var index = _rows[i];
                if (index < skipTo)
                {
                    continue;
                }
                ref readonly var row = ref List.Rows[index];
                var relation = Relate(box, row);
                if (relation < 0)
                {
                    continue;
                }
                if (relation > 0 && row.Guard == 0)
                {
                    if (row.SkipTo >= 0 && mostSkipped <= index)
                    {
                        skipTo = row.SkipTo;
                        continue;
                    }
                    // A row that others may skip does not end the list.
                    if (row.Ends && mostSkipped <= index)
                    {
                        end = row.Action;
                        break;
                    }
                }
                mostSkipped = Math.Max(mostSkipped, row.SkipTo);
                _rows.Add(index);
            }
            while (_rows.Count > first && IsIdle(List.Rows[_rows[^1]], end))
            {
                CollectionsMarshal.SetCount(_rows, _rows.Count - 1);
            }
            return new Rows(first, _rows.Count - first, end);
        }

        /// <summary>What is done to all packets of a box; -1 where that differs.</summary>
        public int Decision(ulong[] box, Rows rows)
        {
            if (rows.Count == 0)
            {
                return rows.End;
            }
            ref readonly var row = ref Row(rows, 0);
            return row.Ends && row.Guard == 0 && Relate(box, row) > 0 ? row.Action : -1;
        }

        /// <summary>The tests of the first row that takes a part of the box; null where none does.</summary>
        public SpaceTest[]? FirstPartial(ulong[] box, Rows rows)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                ref readonly var row = ref Row(rows, i);
                if (Relate(box, row) == 0)
                {
                    return List.TestsOf(row).ToArray();
                }
            }
            return null;
        }

        /// <summary>How many of the rows behind one it skips.</summary>
        public int CountSkipped(Rows rows, int index)
        {
            var skipTo = Row(rows, index).SkipTo;
            var count = 0;
            while (index + 1 + count < rows.Count && _rows[rows.First + index + 1 + count] < skipTo)
            {
                count++;
            }
            return count;
        }

        public void Sample(Rows rows, int dimension, ulong own, int size, List<(uint Low, uint End)> sample)
        {
            var step = Math.Max(1, rows.Count / size);
            for (var i = 0; i < rows.Count; i += step)
            {
                var code = own;
                foreach (var test in List.TestsOf(Row(rows, i)))
                {
                    if (test.Dimension == dimension)
                    {
                        code = test.Code;
                        break;
                    }
                }
                sample.Add((Math.Max((uint)own, (uint)code), Math.Min((uint)(own >> 32), (uint)(code >> 32))));
            }
        }

        /// <summary>Whether a row at the end of the list does what is done without it.</summary>
        private static bool IsIdle(in FlatRow row, int end) => !row.HasHistory && (row.SkipTo >= 0 || (row.Ends && row.Action == end));

        /// <summary>1 where the row takes the whole box, as far as fields tell; 0 where a part of it; -1 where nothing.</summary>
        private int Relate(ulong[] box, in FlatRow row)
        {
            var relation = 1;
            foreach (var (dimension, code) in List.TestsOf(row))
            {
                var own = box[dimension];
                var common = Boxes.Meet(own, code, dimension < narrowCount);
                if (common == Boxes.Nothing)
                {
                    return -1;
                }
                relation = common == own ? relation : 0;
            }
            return relation;
        }
    }
}
