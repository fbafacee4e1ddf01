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
    private const int Long = 12;
    private const int SampleSize = 32;

    private readonly SpaceLayout _layout;
    private readonly FilteredList _old;
    private readonly FilteredList _new;
    private readonly StepBudget _budget;
    private readonly Func<ulong[], bool> _suspect;
    private bool _isStopped;

    /// <param name="layout">The dimensions of both.</param>
    /// <param name="before">The old list.</param>
    /// <param name="after">The new list.</param>
    /// <param name="budget">What it may cost; a step is a box looked at.</param>
    /// <param name="suspect">Takes each box that is not settled; false ends the work.</param>
    public ListOverlay(SpaceLayout layout, FlatList before, FlatList after, StepBudget budget, Func<ulong[], bool> suspect)
    {
        _layout = layout;
        _old = new FilteredList(before, layout.NarrowCount);
        _new = new FilteredList(after, layout.NarrowCount);
        _budget = budget;
        _suspect = suspect;
    }

    /// <summary>Looks at a box.</summary>
    /// <returns>False where the work was ended.</returns>
    public bool Run(ulong[] box)
    {
        Run(box, _old.Enter(box), _new.Enter(box));
        return !_isStopped;
    }

    /// <param name="box">The box.</param>
    /// <param name="before">The old rows that meet it; they are forgotten.</param>
    /// <param name="after">The new ones; they are too.</param>
    private void Run(ulong[] box, FilteredRows before, FilteredRows after)
    {
        _budget.Spend();
        if (!_isStopped && !IsSame(box, before, after))
        {
            var oldEnd = _old.Decision(before);
            var newEnd = _new.Decision(after);
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

    private bool IsSame(ulong[] box, FilteredRows before, FilteredRows after)
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

    private void Cut(ulong[] box, FilteredRows before, FilteredRows after)
    {
        if (before.Count + after.Count > Long && ChooseCut(box, before, after) is var (dimension, cut))
        {
            foreach (var code in (ReadOnlySpan<ulong>)[(uint)box[dimension] | ((ulong)cut << 32), cut | (box[dimension] >> 32 << 32)])
            {
                ulong[] half = [.. box];
                half[dimension] = code;
                Run(half, _old.FilterHalf(before, dimension, box[dimension], code), _new.FilterHalf(after, dimension, box[dimension], code));
            }
            return;
        }
        if ((_old.FirstPartial(before) ?? _new.FirstPartial(after)) is not { } tests)
        {
            Suspect(box);
            return;
        }
        var rest = new List<ulong[]>();
        var inside = _layout.Cut(box, tests, rest);
        foreach (var piece in rest)
        {
            Run(piece, _old.Filter(piece, before), _new.Filter(piece, after));
        }
        Run(inside, _old.Filter(inside, before), _new.Filter(inside, after));
    }

    /// <summary>The median end point, inside the box, of the wide dimension that separates a sample of both lists best.</summary>
    private (int Dimension, uint Cut)? ChooseCut(ulong[] box, FilteredRows before, FilteredRows after)
    {
        (int, uint)? best = null;
        Span<ulong> codes = stackalloc ulong[2 * SampleSize];
        Span<uint> ends = stackalloc uint[4 * SampleSize];
        var bestCost = double.MaxValue;
        for (var d = _layout.NarrowCount; d < _layout.Count; d++)
        {
            var oldCount = _old.Sample(before, d, box[d], codes[..SampleSize]);
            var sample = codes[..(oldCount + _new.Sample(after, d, box[d], codes.Slice(oldCount, SampleSize)))];
            var endCount = 0;
            foreach (var code in sample)
            {
                if ((uint)code > (uint)box[d])
                {
                    ends[endCount++] = (uint)code;
                }
                if (code >> 32 < box[d] >> 32)
                {
                    ends[endCount++] = (uint)(code >> 32);
                }
            }
            if (endCount == 0)
            {
                continue;
            }
            var cut = Medians.Upper(ends[..endCount]);
            int left = 0, right = 0;
            foreach (var code in sample)
            {
                left += (uint)code < cut ? 1 : 0;
                right += (uint)(code >> 32) > cut ? 1 : 0;
            }
            var cost = Math.Max(left, right) + (0.5 * (left + right - sample.Length));
            if (cost < bestCost && cost < 0.95 * sample.Length)
            {
                (best, bestCost) = ((d, cut), cost);
            }
        }
        return best;
    }
}
