using System.Collections.Immutable;

namespace RuleCompiler.Scenarios;

/// <summary>The words of the language that begin statements and conditions, for messages.</summary>
internal static class ScenarioWords
{
    /// <summary>Words that begin a condition.</summary>
    public static ImmutableArray<string> Conditions { get; } =
    [
        "verdict", "flow", "path", "hits", "untouched", "mark", "rewrite", "redirect", "dnat", "snat", "masquerade", "netmap",
        "tproxy", "not",
    ];

    /// <summary>Words that begin a line.</summary>
    public static ImmutableArray<string> Statements { get; } =
    [
        "dump", "host", "profile", "scenario", "never", "always", "packet", "space", "flows", "snapshot", "expect",
        .. Conditions,
    ];

    /// <summary>The conditions, one after the other.</summary>
    public static string ConditionList { get; } = $"{string.Join(", ", Conditions[..^1])} or {Conditions[^1]}";
}
