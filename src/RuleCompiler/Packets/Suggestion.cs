namespace RuleCompiler.Packets;

/// <summary>The known word that a mistyped one most likely meant.</summary>
internal static class Suggestion
{
    /// <summary><c>; did you mean 'WORD'?</c>, or nothing where no known word is near.</summary>
    public static string For(string word, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in known)
        {
            if (Math.Abs(word.Length - candidate.Length) >= bestDistance)
            {
                continue;
            }
            var distance = Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }
        return best is null ? "" : $"; did you mean '{best}'?";
    }

    /// <summary>Edits that turn one word into the other; two neighbours swapped are one edit (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[3, b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }
        for (var i = 1; i <= a.Length; i++)
        {
            var (now, last, beforeLast) = (i % 3, (i + 2) % 3, (i + 1) % 3);
            rows[now, 0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = rows[last, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[now, j] = Math.Min(replace, Math.Min(rows[last, j], rows[now, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[now, j] = Math.Min(rows[now, j], rows[beforeLast, j - 2] + 1);
                }
            }
        }
        return rows[a.Length % 3, b.Length];
    }
}
