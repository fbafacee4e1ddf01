using System.Globalization;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Cli.Output;

/// <summary>Tells the outcome of a region's packets in words.</summary>
internal static class OutcomeText
{
    /// <summary><c>reject with icmp-port-unreachable</c>, <c>accept, redirect 127.0.0.1:15001</c>, <c>accept, then lost in routing</c>.</summary>
    public static string Verdict(DiffOutcome outcome)
    {
        var detail = outcome.Detail is { } given ? $" with {given}" : "";
        var lost = outcome.Lost is { } place ? $"then lost in {place}" : null;
        return string.Join(", ", ((string?[])[outcome.Verdict.Name() + detail, outcome.Rewrite, outcome.Changes, lost]).OfType<string>());
    }

    /// <summary><c>filter:INPUT:4 (line 12)</c>, or <c>policy DROP of filter:INPUT (line 2)</c>.</summary>
    public static string Place(DiffOutcome outcome)
    {
        if (outcome.Table is not { } table)
        {
            return "no chain";
        }
        var line = outcome.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $" (line {number})") : "";
        return outcome.Rule is { } rule
            ? string.Create(CultureInfo.InvariantCulture, $"{table.Name()}:{outcome.Chain}:{rule}{line}")
            : $"policy {(outcome.Verdict == Evaluation.Verdict.Drop ? "DROP" : "ACCEPT")} of {table.Name()}:{outcome.Chain}{line}";
    }
}
