using RuleCompiler.Tests.Generators;

namespace RuleCompiler.Tests.Oracles;

/// <summary>A packet that the kernel and the evaluator treat otherwise, or a dump that one of them refuses.</summary>
/// <param name="Drawn">The case.</param>
/// <param name="Packet">The packet.</param>
/// <param name="Difference">What each of them says.</param>
internal sealed record Disagreement(RandomCase Drawn, string Packet, string Difference)
{
    private const string TracesHeader = "kernel:";

    /// <summary>Whether both took the dump: two traces differ.</summary>
    public bool IsOfTraces => Difference.StartsWith(TracesHeader, StringComparison.Ordinal);

    /// <summary>Two traces; lines on which they part are marked.</summary>
    public static Disagreement Of(
        RandomCase drawn, string packet, ObservedTrace observed, IReadOnlyList<ObservedTrace> evaluated)
    {
        var kernel = observed.ToString().Split('\n');
        var ours = evaluated.Select(trace => trace.ToString().Split('\n')).ToList();
        return new Disagreement(drawn, packet, $"""
            {TracesHeader}
            {Marked(kernel, ours.FirstOrDefault() ?? [])}
            evaluator, {ours.Count} outcome(s):
            {string.Join("\n  or:\n", ours.Select(lines => Marked(lines, kernel)))}
            """);
    }

    /// <summary>All that is needed to see it again.</summary>
    public override string ToString()
    {
        var dump = Drawn.Dump.Split('\n').Select((line, index) => $"{index + 1,4} {line}");
        return $"""
            {Drawn.Name}, {Drawn.Flavour}: {Packet}
            {string.Join('\n', dump)}
            {Drawn.Host}
            {Drawn.Name}, {Drawn.Flavour}: {Packet}
            {Difference}

            """;
    }

    private static string Marked(string[] lines, string[] others) => string.Join(
        '\n', lines.Select((line, index) => (index < others.Length && others[index] == line ? "    " : "  > ") + line));
}
