using RuleCompiler.Tests.Generators;

namespace RuleCompiler.Tests.Oracles;

/// <summary>Makes a case that fails smaller, as long as it fails: one packet, and as few lines of the dump as will do.</summary>
/// <remarks>Delta debugging (A. Zeller, R. Hildebrandt, IEEE TSE 2002): large parts are tried first, single lines last.</remarks>
internal static class CaseShrinker
{
    /// <param name="found">A disagreement.</param>
    /// <param name="find">Says whether a case still disagrees.</param>
    /// <returns>A disagreement from which no line can be taken away.</returns>
    public static Disagreement Shrink(Disagreement found, Func<RandomCase, Disagreement?> find)
    {
        found = find(found.Drawn with { Packets = [found.Packet] }) ?? found;
        for (var size = Lines(found).Count / 2; size > 0; size = size == 1 ? 0 : size / 2)
        {
            found = TakeParts(found, size, find);
        }
        return TakeParts(found, 1, find); // a chain can go once nothing calls it
    }

    private static Disagreement TakeParts(Disagreement found, int size, Func<RandomCase, Disagreement?> find)
    {
        for (var start = Lines(found).Count - size; start > -size; start -= size)
        {
            var lines = Lines(found);
            var from = Math.Max(start, 0);
            var kept = lines.Where((line, index) => index < from || index >= start + size || IsFrame(line)).ToList();
            if (kept.Count < lines.Count && find(found.Drawn with { Dump = string.Concat(kept.Select(line => line + "\n")) }) is { } smaller
                && smaller.IsOfTraces == found.IsOfTraces)
            {
                found = smaller;
            }
        }
        return found;
    }

    private static List<string> Lines(Disagreement found) => [.. found.Drawn.Dump.TrimEnd('\n').Split('\n')];

    /// <summary>Lines that hold a table together; a base chain that is not declared has no policy to tell of.</summary>
    private static bool IsFrame(string line) =>
        line.StartsWith('*') || line == "COMMIT" || (line.StartsWith(':') && !line.Contains(" - ", StringComparison.Ordinal));
}
