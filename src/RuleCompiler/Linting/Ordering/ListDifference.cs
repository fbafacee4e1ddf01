using System.Runtime.InteropServices;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Finds a packet that a list of rows treats otherwise than one rule of it that is taken out.</summary>
/// <remarks>
/// All rows that matter are looked at together, piece by piece: a row before the rule that holds a whole piece ends it; one
/// behind the rule that does ends the list there; and a piece whose list can only do what the rule does is settled. What is
/// not settled is cut in two where that separates its rows best, and few rows are subtracted. So the cost is that of the
/// neighbourhood times the depth of the cuts, not of each pair of rows. Serves one thread.
/// </remarks>
internal sealed class ListDifference(SpaceRuleset rules, StepBudget budget, Subtraction subtraction)
{
    private const int FewRows = 24;
    private const int SampleSize = 32;

    private readonly SpaceLayout _layout = rules.Layout;
    private readonly List<ListedRow> _rows = [];
    private readonly Stack<(ulong[] Piece, int First, int Count, bool EndsAlike)> _work = new();
    private readonly List<TestRange> _takers = [];
    private readonly List<uint>[] _ends = [.. rules.Layout.Dimensions.Select(_ => new List<uint>())];

    /// <summary>After an answer of 'none': the boxes that the proof used, which settle it alone.</summary>
    public HashSet<TestRange> Used { get; } = [];

    /// <summary>A part of a box in which some packet is treated otherwise, or may be; null where there is none.</summary>
    /// <param name="box">The box; not changed.</param>
    /// <param name="rows">The rows, in order.</param>
    /// <param name="endsAlike">Whether the list's end does what the rule does.</param>
    public ulong[]? Find(ulong[] box, List<ListedRow> rows, bool endsAlike)
    {
        Used.Clear();
        _work.Clear();
        _rows.Clear();
        _rows.AddRange(rows);
        _work.Push((box, 0, _rows.Count, endsAlike));
        while (_work.TryPop(out var item))
        {
            // What was listed for pieces done with is no longer needed.
            CollectionsMarshal.SetCount(_rows, item.First + item.Count);
            var start = _rows.Count;
            var isEndAlike = item.EndsAlike;
            var isTaken = Narrow(item.Piece, item.First, item.Count, ref isEndAlike);
            if (isTaken || Trim(start, isEndAlike))
            {
                continue;
            }
            var count = _rows.Count - start;
            if (count == 0 || _rows[start].Role == ListedRole.Different)
            {
                return count == 0 ? item.Piece : Common(item.Piece, _rows[start]);
            }
            if (count > FewRows && Cut(item.Piece, start, count, isEndAlike))
            {
                continue;
            }
            if (FindDirectly(item.Piece, start, count, isEndAlike) is { } found)
            {
                return found;
            }
        }
        return null;
    }

    /// <summary>Lists the rows that a piece meets, up to the first behind the rule that holds all of it.</summary>
    /// <returns>Whether a row before the rule holds all of it.</returns>
    private bool Narrow(ulong[] piece, int first, int count, ref bool isEndAlike)
    {
        for (var i = first; i < first + count; i++)
        {
            budget.Spend();
            var row = _rows[i];
            var narrowed = Boxes.Narrowed(piece, TestsOf(row), _layout.NarrowCount);
            if (narrowed < 0)
            {
                continue;
            }
            if (narrowed > 0 || !row.IsCertain)
            {
                _rows.Add(row);
                continue;
            }
            if (row.Role == ListedRole.Before)
            {
                return true;
            }
            isEndAlike = true; // nothing comes to the end
            if (row.Role == ListedRole.Different)
            {
                _rows.Add(row);
            }
            else
            {
                Used.Add(row.Tests);
            }
            break;
        }
        return false;
    }

    /// <summary>Takes rows off the end that do what follows them.</summary>
    /// <returns>Whether nothing is left that could make a difference.</returns>
    private bool Trim(int start, bool isEndAlike)
    {
        if (!isEndAlike)
        {
            return false;
        }
        while (_rows.Count > start && _rows[^1].Role != ListedRole.Different)
        {
            _rows.RemoveAt(_rows.Count - 1);
        }
        return _rows.Count == start;
    }

    /// <summary>Subtracts from each row that may do something else what is taken before it; from the end, all that is taken.</summary>
    private ulong[]? FindDirectly(ulong[] piece, int start, int count, bool isEndAlike)
    {
        _takers.Clear();
        for (var i = start; i < start + count; i++)
        {
            var row = _rows[i];
            if (row.Role != ListedRole.Different)
            {
                _takers.Add(row.Tests);
            }
            else if (FindRest(Common(piece, row)) is { } rest)
            {
                return rest;
            }
        }
        return isEndAlike ? null : FindRest(piece);

        ulong[]? FindRest(ulong[] box)
        {
            var rest = subtraction.FindRest(box, _takers);
            Used.UnionWith(subtraction.Used);
            return rest;
        }
    }

    /// <summary>Cuts a piece in two at the median end point of the dimension that separates a sample of its rows best.</summary>
    /// <returns>False where none does.</returns>
    private bool Cut(ulong[] piece, int start, int count, bool isEndAlike)
    {
        var step = (count + SampleSize - 1) / SampleSize;
        Array.ForEach(_ends, ends => ends.Clear());
        var narrowest = (Dimension: -1, Code: 0UL);
        for (var i = start; i < start + count; i += step)
        {
            foreach (var (dimension, code) in TestsOf(_rows[i]))
            {
                var own = piece[dimension];
                if (dimension < _layout.NarrowCount)
                {
                    narrowest = (own & ~code) != 0 ? (dimension, own & code) : narrowest;
                    continue;
                }
                if ((uint)code > (uint)own)
                {
                    _ends[dimension].Add((uint)code);
                }
                if ((uint)(code >> 32) < (uint)(own >> 32))
                {
                    _ends[dimension].Add((uint)(code >> 32));
                }
            }
        }
        var sampled = (count + step - 1) / step;
        var best = (Dimension: -1, Left: 0UL, Right: 0UL);
        var bestCost = 1.2 * sampled;
        for (var dimension = _layout.NarrowCount; dimension < _layout.Count; dimension++)
        {
            if (_ends[dimension] is { Count: > 0 } ends)
            {
                ends.Sort();
                var cut = ends[ends.Count / 2];
                Consider(dimension, (uint)piece[dimension] | ((ulong)cut << 32), cut | (piece[dimension] & ~(ulong)uint.MaxValue));
            }
        }
        if (narrowest.Dimension >= 0)
        {
            Consider(narrowest.Dimension, narrowest.Code, piece[narrowest.Dimension] & ~narrowest.Code);
        }
        if (best.Dimension < 0)
        {
            return false;
        }
        foreach (var code in (ReadOnlySpan<ulong>)[best.Right, best.Left])
        {
            ulong[] part = [.. piece];
            part[best.Dimension] = code;
            _work.Push((part, start, count, isEndAlike));
        }
        return true;

        void Consider(int dimension, ulong left, ulong right)
        {
            int onLeft = 0, onRight = 0, held = 0;
            for (var i = start; i < start + count; i += step)
            {
                var code = CodeOf(_rows[i], dimension);
                var (inLeft, inRight) = (Meet(left), Meet(right));
                onLeft += inLeft != Boxes.Nothing ? 1 : 0;
                onRight += inRight != Boxes.Nothing ? 1 : 0;
                held += (inLeft == left) != (inRight == right) ? 1 : 0;

                ulong Meet(ulong part) => Boxes.Meet(part, code, dimension < _layout.NarrowCount);
            }
            // A row that now holds one half in this dimension is nearer to settling it.
            var cost = Math.Max(onLeft, onRight) + (0.5 * (onLeft + onRight - sampled)) - (0.25 * held);
            if (cost < bestCost)
            {
                (best, bestCost) = ((dimension, left, right), cost);
            }
        }
    }

    private ulong CodeOf(ListedRow row, int dimension)
    {
        foreach (var test in TestsOf(row))
        {
            if (test.Dimension == dimension)
            {
                return test.Code;
            }
        }
        return _layout.Full[dimension];
    }

    private ReadOnlySpan<SpaceTest> TestsOf(ListedRow row) => rules.Tests.AsSpan(row.Tests.First, row.Tests.Count);

    private ulong[] Common(ulong[] piece, ListedRow row) => Boxes.Common(piece, TestsOf(row), _layout.NarrowCount);
}
