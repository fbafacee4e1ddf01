using System.Collections.Immutable;

namespace RuleCompiler.Scenarios;

/// <summary>The lines by which two texts differ, as a longest common subsequence leaves them.</summary>
internal static class DifferingLines
{
    /// <summary>Beyond it the rest is taken as replaced: the table of a search has as many cells as the product.</summary>
    private const int MaxCells = 4_000_000;

    /// <summary>Lines that went, behind <c>- </c>, and lines that came, behind <c>+ </c>, in order.</summary>
    public static ImmutableArray<string> Between(string oldText, string newText)
    {
        var before = oldText.Split('\n');
        var after = newText.Split('\n');
        var start = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = before.Reverse().Zip(after.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        end = Math.Min(end, Math.Min(before.Length, after.Length) - start);
        return Compare(before.AsSpan(start..^end), after.AsSpan(start..^end));
    }

    private static ImmutableArray<string> Compare(ReadOnlySpan<string> before, ReadOnlySpan<string> after)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var common = (long)before.Length * after.Length > MaxCells ? null : CommonLengths(before, after);
        var (i, j) = (0, 0);
        while (i < before.Length || j < after.Length)
        {
            if (common is not null && i < before.Length && j < after.Length && before[i] == after[j])
            {
                i++;
                j++;
            }
            else if (i < before.Length && (j == after.Length || common is null || common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add($"- {before[i++]}");
            }
            else
            {
                lines.Add($"+ {after[j++]}");
            }
        }
        return lines.DrainToImmutable();
    }

    /// <summary>For each two ends of the texts, how many lines they have in common, in order.</summary>
    private static int[,] CommonLengths(ReadOnlySpan<string> before, ReadOnlySpan<string> after)
    {
        var lengths = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = before[i] == after[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }
        return lengths;
    }
}
