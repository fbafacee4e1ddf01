using RuleCompiler.Tests.Generators;

namespace RuleCompiler.Tests.Oracles;

/// <summary>A packet that the kernel and the evaluator treat otherwise.</summary>
internal sealed record Disagreement(
    RandomCase Drawn, string Packet, ObservedTrace Observed, IReadOnlyList<ObservedTrace> Evaluated)
{
    /// <summary>All that is needed to see it again; lines on which the traces part are marked.</summary>
    public override string ToString()
    {
        var kernel = Observed.ToString().Split('\n');
        var ours = Evaluated.Select(trace => trace.ToString().Split('\n')).ToList();
        var dump = Drawn.Dump.Split('\n').Select((line, index) => $"{index + 1,4} {line}");
        return $"""
            {Drawn.Name}: {Packet}
            {string.Join('\n', dump)}
            {Drawn.Host}
            {Drawn.Name}: {Packet}
            kernel:
            {Marked(kernel, ours.FirstOrDefault() ?? [])}
            evaluator, {ours.Count} outcome(s):
            {string.Join("\n  or:\n", ours.Select(lines => Marked(lines, kernel)))}

            """;
    }

    private static string Marked(string[] lines, string[] others) => string.Join(
        '\n', lines.Select((line, index) => (index < others.Length && others[index] == line ? "    " : "  > ") + line));
}
