using System.Text.Json;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Evaluation;

/// <summary>A trace as text, one line for each thing that the kernel shows, so that two traces can be compared and read.</summary>
internal static class ComparableTrace
{
    /// <summary>An expected trace object.</summary>
    public static string Of(JsonElement trace, string? lost) => Join(
        trace.GetProperty("steps").EnumerateArray().Select(step => Step(
            Text(step, "hook"),
            Text(step, "table"),
            Text(step, "chain"),
            Number(step, "rule"),
            Number(step, "line"),
            Text(step, "action"),
            Text(step, "target"))),
        trace.GetProperty("rewrites").EnumerateArray().Select(rewrite =>
            $"{Text(rewrite, "kind")} {(Text(rewrite, "source") is { } source ? $"from {source}" : $"to {Text(rewrite, "destination")}")}"),
        Text(trace, "verdict") ?? "",
        lost,
        trace.GetProperty("assumptions").EnumerateArray().Select(assumption => assumption.GetString() ?? ""));

    public static string Of(Trace trace) => Join(
        trace.Steps.Select(step => Step(
            step.Hook.Name(),
            step.Table.Name(),
            step.Chain,
            step.Rule,
            step.Rule is null ? null : step.Line,
            step.Action,
            step.Target)),
        trace.Rewrites.Select(rewrite =>
            $"{rewrite.Kind} {(rewrite.Source is null ? "to" : "from")} {RewriteText.Describe(rewrite)}"),
        trace.Verdict.Name(),
        trace.Lost,
        trace.Assumptions.Select(assumption => assumption.ToString()));

    private static string Join(
        IEnumerable<string> steps, IEnumerable<string> rewrites, string verdict, string? lost, IEnumerable<string> assumptions) =>
        string.Join('\n', [.. steps, .. rewrites, $"=> {verdict} {lost}".TrimEnd(), .. assumptions]);

    /// <summary>Recorded policies have no line.</summary>
    private static string Step(
        string? hook, string? table, string? chain, int? rule, int? line, string? action, string? target) =>
        $"{hook} {table} {chain}#{rule}:{line} {action} {target}".TrimEnd();

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? value.GetString() : null;

    private static int? Number(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? value.GetInt32() : null;
}
