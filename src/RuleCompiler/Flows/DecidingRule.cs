using RuleCompiler.Binding;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Flows;

/// <summary>Finds the step of a trace that decided where the packet goes, and its rule.</summary>
internal sealed class DecidingRule(BoundRuleset ruleset)
{
    /// <summary>
    /// For a packet that was stopped the last step; for one that was given another receiver the rule that chose so;
    /// else the last rule of nat that returned or accepted, or of any table.
    /// </summary>
    /// <returns>Null where no rule decided anything.</returns>
    public TraceStep? Of(Trace trace)
    {
        var steps = trace.Steps;
        if (trace.Verdict is not Verdict.Accept)
        {
            return steps.LastOrDefault();
        }
        if (steps.LastOrDefault(IsRewrite) is not { } rewrite)
        {
            return steps.LastOrDefault(s => s.Table == TableKind.Nat && Ends(s)) ?? steps.LastOrDefault(Ends);
        }
        // A chain that only redirects is a name for what it does: whoever leads there decides.
        var index = steps.IndexOf(rewrite);
        while (index > 0 && steps[index - 1] is { Action: "jump" or "goto" } call && call.Target == steps[index].Chain
            && FindChain(call.Table, steps[index].Chain) is { } chain && CaptureMap.OnlyRedirects(chain))
        {
            index--;
        }
        return steps[index];
    }

    /// <summary>Whether a step gives the packet another receiver.</summary>
    public static bool IsRewrite(TraceStep step) => step.Action is "redirect" or "dnat" or "tproxy";

    /// <summary>The rule of a step; null for a policy.</summary>
    public BoundRule? Find(TraceStep step) =>
        step.Rule is { } number ? FindChain(step.Table, step.Chain)?.Rules[number - 1] : null;

    public BoundChain? FindChain(TableKind table, string name) =>
        ruleset.Chains.FirstOrDefault(c => c.Symbol.Table == table && c.Symbol.Name == name);

    private static bool Ends(TraceStep step) => step is { Rule: not null, Action: "return" or "accept" };
}
