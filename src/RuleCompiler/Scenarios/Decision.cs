using System.Globalization;
using RuleCompiler.Binding;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Scenarios;

/// <summary>Says which rule decided what becomes of a packet.</summary>
internal static class Decision
{
    private const string NoRule = "no rule decides";

    /// <summary><c>decided by nat:OUTPUT:1 (line 12): -p tcp -j REDIRECT</c>, or by a policy, or by no rule.</summary>
    /// <param name="ruleset">The rules met; null where there are none.</param>
    /// <param name="trace">The packet's journey.</param>
    public static string Describe(BoundRuleset? ruleset, Trace trace)
    {
        if (ruleset is null)
        {
            return NoRule;
        }
        var deciding = new DecidingRule(ruleset);
        if (deciding.Of(trace) is not { } step)
        {
            return NoRule;
        }
        var line = step.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $" (line {number})") : "";
        return deciding.Find(step) is { } rule
            ? string.Create(CultureInfo.InvariantCulture, $"decided by {step.Table.Name()}:{step.Chain}:{step.Rule}{line}: {RuleText.Of(rule)}")
            : $"decided by the policy of {step.Table.Name()}:{step.Chain}{line}";
    }
}
