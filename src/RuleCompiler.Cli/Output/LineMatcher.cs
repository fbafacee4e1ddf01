namespace RuleCompiler.Cli.Output;

/// <summary>Finds which lines two texts have in common, in order: patience diff.</summary>
/// <remarks>
/// Lines that occur once on each side hold the texts together; between two such pairs the search goes on. A stretch
/// without any is compared line by line while that is affordable, and taken as replaced where it is not, so that time
/// stays in proportion to the texts.
/// </remarks>
internal sealed class LineMatcher
{
    private const int MaxCells = 1_000_000;

    private readonly string[] _old;
    private readonly string[] _new;
    private readonly int[] _matches;

    private LineMatcher(string[] oldLines, string[] newLines)
    {
        _old = oldLines;
        _new = newLines;
        _matches = new int[oldLines.Length];
        Array.Fill(_matches, -1);
    }

    /// <summary>For each old line the index of the new line that is the same; -1 for one that is gone.</summary>
    public static int[] Match(string[] oldLines, string[] newLines)
    {
        var matcher = new LineMatcher(oldLines, newLines);
        var stretches = new Stack<(int OldStart, int OldEnd, int NewStart, int NewEnd)>();
        stretches.Push((0, oldLines.Length, 0, newLines.Length));
        while (stretches.TryPop(out var stretch))
        {
            var (oldStart, oldEnd, newStart, newEnd) = matcher.TakeEnds(stretch.OldStart, stretch.OldEnd, stretch.NewStart, stretch.NewEnd);
            var anchors = matcher.FindAnchors(oldStart, oldEnd, newStart, newEnd);
            if (anchors.Count == 0)
            {
                matcher.MatchLongest(oldStart, oldEnd, newStart, newEnd);
                continue;
            }
            foreach (var (oldLine, newLine) in anchors)
            {
                matcher._matches[oldLine] = newLine;
                stretches.Push((oldStart, oldLine, newStart, newLine));
                (oldStart, newStart) = (oldLine + 1, newLine + 1);
            }
            stretches.Push((oldStart, oldEnd, newStart, newEnd));
        }
        return matcher._matches;
    }

    /// <summary>Matches what is the same at both ends, and leaves the rest.</summary>
    private (int OldStart, int OldEnd, int NewStart, int NewEnd) TakeEnds(int oldStart, int oldEnd, int newStart, int newEnd)
    {
        for (; oldStart < oldEnd && newStart < newEnd && _old[oldStart] == _new[newStart]; oldStart++, newStart++)
        {
            _matches[oldStart] = newStart;
        }
        for (; oldStart < oldEnd && newStart < newEnd && _old[oldEnd - 1] == _new[newEnd - 1]; oldEnd--, newEnd--)
        {
            _matches[oldEnd - 1] = newEnd - 1;
        }
        return (oldStart, oldEnd, newStart, newEnd);
    }

    /// <summary>The longest run of pairs, rising on both sides, of lines that occur once on each.</summary>
    private List<(int Old, int New)> FindAnchors(int oldStart, int oldEnd, int newStart, int newEnd)
    {
        var places = new Dictionary<string, (int Old, int New, int Count)>();
        for (var line = oldStart; line < oldEnd; line++)
        {
            places[_old[line]] = places.TryGetValue(_old[line], out _) ? (line, -1, 2) : (line, -1, 1);
        }
        for (var line = newStart; line < newEnd; line++)
        {
            if (places.TryGetValue(_new[line], out var place))
            {
                places[_new[line]] = place.New < 0 ? place with { New = line } : place with { Count = 2 };
            }
        }
        var pairs = places.Values.Where(p => p is { Count: 1, New: >= 0 }).OrderBy(p => p.Old).Select(p => (p.Old, p.New)).ToArray();
        return LongestRising(pairs);
    }

    private static List<(int Old, int New)> LongestRising((int Old, int New)[] pairs)
    {
        var tails = new List<int>(); // tails[n]: the pair that ends the best run of n + 1 pairs
        var before = new int[pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            var low = 0;
            for (var high = tails.Count; low < high;)
            {
                var middle = (low + high) >>> 1;
                (low, high) = pairs[tails[middle]].New < pairs[i].New ? (middle + 1, high) : (low, middle);
            }
            before[i] = low > 0 ? tails[low - 1] : -1;
            if (low == tails.Count)
            {
                tails.Add(i);
            }
            else
            {
                tails[low] = i;
            }
        }
        var run = new List<(int, int)>(tails.Count);
        for (var i = tails.Count > 0 ? tails[^1] : -1; i >= 0; i = before[i])
        {
            run.Add(pairs[i]);
        }
        run.Reverse();
        return run;
    }

    /// <summary>Matches a longest common subsequence.</summary>
    private void MatchLongest(int oldStart, int oldEnd, int newStart, int newEnd)
    {
        var (height, width) = (oldEnd - oldStart, newEnd - newStart);
        if (height == 0 || width == 0 || (long)height * width > MaxCells)
        {
            return;
        }
        var lengths = new int[height + 1, width + 1];
        for (var i = height - 1; i >= 0; i--)
        {
            for (var j = width - 1; j >= 0; j--)
            {
                lengths[i, j] = _old[oldStart + i] == _new[newStart + j]
                    ? lengths[i + 1, j + 1] + 1
                    : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }
        for (int i = 0, j = 0; i < height && j < width;)
        {
            if (_old[oldStart + i] == _new[newStart + j])
            {
                _matches[oldStart + i++] = newStart + j++;
            }
            else if (lengths[i + 1, j] >= lengths[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }
    }
}
