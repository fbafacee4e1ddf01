using System.Runtime.CompilerServices;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing.Overlay;

/// <summary>One list, and what was filtered of it for smaller and smaller boxes: a stack. Serves one thread.</summary>
/// <remarks>
/// Each row on the stack knows how many of its tests narrow the box. Where a box is cut in one dimension, no other test has
/// to be looked at again, and a column of the list says what each row asks there.
/// </remarks>
/// <param name="list">The list.</param>
/// <param name="narrowCount">Number of narrow dimensions; wide ones come behind them.</param>
internal sealed class FilteredList(FlatList list, int narrowCount)
{
    private Entry[] _entries = [];
    private int _count;
    private int _end;
    private int _skipTo;
    private int _mostSkipped;

    public FlatList List { get; } = list;

    /// <summary>The rows that meet a box.</summary>
    public FilteredRows Enter(ulong[] box)
    {
        Begin(List.Rows.Length, List.Policy);
        for (var index = 0; index < List.Rows.Length && Take(box, index); index++)
        {
        }
        return Finish(0);
    }

    /// <summary>The rows that meet a part of the box that they were filtered for.</summary>
    public FilteredRows Filter(ulong[] box, FilteredRows rows)
    {
        Begin(rows.Count, rows.End);
        var first = _count;
        for (var i = rows.First; i < rows.First + rows.Count && Take(box, _entries[i].Row); i++)
        {
        }
        return Finish(first);
    }

    /// <summary>The rows that meet one half of the box that they were filtered for.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="dimension">Where the box is cut, a wide dimension.</param>
    /// <param name="whole">The code of the box there.</param>
    /// <param name="half">That of the half.</param>
    public FilteredRows FilterHalf(FilteredRows rows, int dimension, ulong whole, ulong half)
    {
        Begin(rows.Count, rows.End);
        var first = _count;
        var column = List.ColumnOf(dimension);
        for (var i = rows.First; i < rows.First + rows.Count; i++)
        {
            var (index, narrowing) = _entries[i];
            var code = column is null ? FlatList.Unasked : column[index];
            if (index < _skipTo || !Boxes.Overlap(code, half))
            {
                continue;
            }
            var isFreed = narrowing > 0 && !Boxes.Spans(code, whole) && Boxes.Spans(code, half);
            if (!Take(index, isFreed ? narrowing - 1 : narrowing))
            {
                break;
            }
        }
        return Finish(first);
    }

    /// <summary>Takes rows, and what was filtered of them, from the stack.</summary>
    public void Forget(FilteredRows rows) => _count = rows.First;

    public ref readonly FlatRow Row(FilteredRows rows, int index) => ref List.Rows[_entries[rows.First + index].Row];

    /// <summary>What is done to all packets of the box; -1 where that differs.</summary>
    public int Decision(FilteredRows rows)
    {
        if (rows.Count == 0)
        {
            return rows.End;
        }
        ref readonly var row = ref Row(rows, 0);
        return row.Ends && row.Guard == 0 && _entries[rows.First].Narrowing == 0 ? row.Action : -1;
    }

    /// <summary>The tests of the first row that takes a part of the box; null where none does.</summary>
    public SpaceTest[]? FirstPartial(FilteredRows rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (_entries[rows.First + i].Narrowing > 0)
            {
                return List.TestsOf(Row(rows, i)).ToArray();
            }
        }
        return null;
    }

    /// <summary>How many of the rows behind one it skips.</summary>
    public int CountSkipped(FilteredRows rows, int index)
    {
        var skipTo = Row(rows, index).SkipTo;
        var count = 0;
        while (index + 1 + count < rows.Count && _entries[rows.First + index + 1 + count].Row < skipTo)
        {
            count++;
        }
        return count;
    }

    /// <summary>What rows, evenly spread, ask of a wide dimension inside the box.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="dimension">The dimension.</param>
    /// <param name="own">The code of the box there.</param>
    /// <param name="sample">Takes the codes, as many as it has room for at most.</param>
    /// <returns>How many.</returns>
    public int Sample(FilteredRows rows, int dimension, ulong own, Span<ulong> sample)
    {
        var column = List.ColumnOf(dimension);
        var step = Math.Max(1, (rows.Count + sample.Length - 1) / sample.Length);
        var count = 0;
        for (var i = 0; i < rows.Count; i += step)
        {
            sample[count++] = column is null ? own : Boxes.Meet(own, column[_entries[rows.First + i].Row], isNarrow: false);
        }
        return count;
    }

    private void Begin(int mostRows, int end)
    {
        if (_entries.Length < _count + mostRows)
        {
            Array.Resize(ref _entries, Math.Max(2 * _entries.Length, _count + mostRows));
        }
        (_end, _skipTo, _mostSkipped) = (end, 0, 0);
    }

    private FilteredRows Finish(int first)
    {
        while (_count > first && IsIdle(List.Rows[_entries[_count - 1].Row]))
        {
            _count--;
        }
        return new FilteredRows(first, _count - first, _end);
    }

    /// <returns>False where no later row is met.</returns>
    private bool Take(ulong[] box, int index)
    {
        if (index < _skipTo)
        {
            return true;
        }
        var narrowing = Narrowing(box, List.TestsOf(List.Rows[index]));
        return narrowing < 0 || Take(index, narrowing);
    }

    private bool Take(int index, int narrowing)
    {
        ref readonly var row = ref List.Rows[index];
        // A row that others may skip does not end the list.
        if (narrowing == 0 && row.Guard == 0 && _mostSkipped <= index)
        {
            if (row.SkipTo >= 0)
            {
                _skipTo = row.SkipTo;
                return true;
            }
            if (row.Ends)
            {
                _end = row.Action;
                return false;
            }
        }
        _mostSkipped = Math.Max(_mostSkipped, row.SkipTo);
        _entries[_count++] = new Entry(index, narrowing);
        return true;
    }

    /// <summary>Whether a row at the end of the list does what is done without it.</summary>
    private bool IsIdle(in FlatRow row) => !row.HasHistory && (row.SkipTo >= 0 || (row.Ends && row.Action == _end));

    /// <summary>How many tests narrow a box; -1 where it has no packet for one. The last tests are the likeliest to have none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Narrowing(ulong[] box, ReadOnlySpan<SpaceTest> tests)
    {
        var narrowing = 0;
        for (var i = tests.Length - 1; i >= 0; i--)
        {
            var (dimension, code) = tests[i];
            var own = box[dimension];
            if (dimension < narrowCount)
            {
                if ((own & code) == 0)
                {
                    return -1;
                }
                narrowing += (own & ~code) == 0 ? 0 : 1;
            }
            else
            {
                if (!Boxes.Overlap(own, code))
                {
                    return -1;
                }
                narrowing += Boxes.Spans(code, own) ? 0 : 1;
            }
        }
        return narrowing;
    }

    /// <param name="Row">Index in the list.</param>
    /// <param name="Narrowing">How many of its tests narrow the box.</param>
    private readonly record struct Entry(int Row, int Narrowing);
}
