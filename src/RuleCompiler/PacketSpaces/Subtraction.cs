using System.Runtime.InteropServices;

namespace RuleCompiler.PacketSpaces;

/// <summary>Finds what of a box is left when others are taken from it.</summary>
/// <remarks>
/// Depth first, stopping at the first piece left. At each step one box that contains the piece ends it; else the piece is
/// cut by the box that constrains the fewest of its dimensions, since that leaves the fewest pieces. Boxes that do not
/// meet a piece are not looked at again inside it. Serves one thread.
/// </remarks>
/// <param name="rules">The rows whose boxes are taken away.</param>
/// <param name="budget">What it may cost; a step is a box looked at.</param>
internal sealed class Subtraction(SpaceRuleset rules, StepBudget budget)
{
    private readonly SpaceLayout _layout = rules.Layout;
    private readonly List<ulong[]> _pieces = [];
    private readonly List<TestRange> _boxes = [];
    private readonly Stack<(ulong[] Piece, int First, int Count)> _work = new();

    /// <summary>After an answer of 'covered': the boxes that the proof used, which cover it alone.</summary>
    public HashSet<TestRange> Used { get; } = [];

    /// <summary>A piece of a box that no other box meets; null where they cover it.</summary>
    /// <param name="box">The box; not changed.</param>
    /// <param name="others">The boxes taken from it.</param>
    public ulong[]? FindRest(ulong[] box, List<TestRange> others) => FindRest(box, CollectionsMarshal.AsSpan(others));

    /// <inheritdoc cref="FindRest(ulong[], List{TestRange})"/>
    public ulong[]? FindRest(ulong[] box, ReadOnlySpan<TestRange> others)
    {
        Used.Clear();
        _work.Clear();
        _boxes.Clear();
        _boxes.AddRange(others);
        _work.Push((box, 0, _boxes.Count));
        while (_work.TryPop(out var item))
        {
            // What was listed for pieces done with is no longer needed.
            CollectionsMarshal.SetCount(_boxes, item.First + item.Count);
            var start = _boxes.Count;
            var pivot = -1;
            var fewest = int.MaxValue;
            var isCovered = false;
            for (var i = item.First; i < item.First + item.Count && !isCovered; i++)
            {
                budget.Spend();
                var partial = Boxes.Narrowed(item.Piece, rules.Tests.AsSpan(_boxes[i].First, _boxes[i].Count), _layout.NarrowCount);
                if (partial < 0)
                {
                    continue;
                }
                if (partial == 0)
                {
                    isCovered = true;
                    Used.Add(_boxes[i]);
                }
                if (partial < fewest)
                {
                    (pivot, fewest) = (_boxes.Count, partial);
                }
                _boxes.Add(_boxes[i]);
            }
            if (isCovered)
            {
                continue;
            }
            if (pivot < 0)
            {
                return item.Piece;
            }
            var cutter = _boxes[pivot];
            Used.Add(cutter);
            _boxes[pivot] = _boxes[^1];
            _boxes.RemoveAt(_boxes.Count - 1);
            Cut(item.Piece, cutter, start, _boxes.Count - start);
        }
        return null;
    }

    private void Cut(ulong[] piece, TestRange cutter, int first, int count)
    {
        _pieces.Clear();
        _layout.Cut(piece, rules.Tests.AsSpan(cutter.First, cutter.Count), _pieces);
        foreach (var rest in _pieces)
        {
            _work.Push((rest, first, count));
        }
    }
}
