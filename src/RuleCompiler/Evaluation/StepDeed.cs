using RuleCompiler.Netfilter;

namespace RuleCompiler.Evaluation;

/// <summary>Says in a few words what a step did to the packet.</summary>
internal static class StepDeed
{
    /// <param name="step">A step of a trace, told in order.</param>
    /// <param name="rewrites">The rewrites that no step before has made; the step takes its own.</param>
    public static string Describe(TraceStep step, Queue<Rewrite> rewrites)
    {
        if (!step.IsMatch)
        {
            return step.Failed is { } failed ? $"no: {failed.Option} ({failed.Because})" : "no";
        }
        var effects = string.Join(", ", step.Effects.Select(effect => $"{effect.Kind} {effect.Value}"));
        return step.Action switch
        {
            "policy" => step.Target == "DROP" ? "drop" : "accept",
            "jump" or "goto" => $"{step.Action} {step.Target}",
            "continue" when effects.Length > 0 => $"set {effects}",
            "redirect" or "dnat" or "snat" or "masquerade" or "netmap" => DescribeRewrite(step, rewrites),
            "tproxy" => TakeOwn(step, rewrites) is { } own ? $"tproxy to {RewriteText.Describe(own)}" : "tproxy",
            _ when effects.Length > 0 => $"{step.Action}, set {effects}",
            _ => step.Action,
        };
    }

    private static string DescribeRewrite(TraceStep step, Queue<Rewrite> rewrites) => TakeOwn(step, rewrites) is { } own
        ? $"{step.Action} to {RewriteText.Describe(own)}"
        : $"{step.Action}, changes nothing";

    /// <summary>The next rewrite, if it is of the step's kind and side; a step that changed nothing has none.</summary>
    private static Rewrite? TakeOwn(TraceStep step, Queue<Rewrite> rewrites)
    {
        if (!rewrites.TryPeek(out var next) || next.Kind != step.Action)
        {
            return null;
        }
        var changesDestination = step.Hook is Hook.Prerouting or Hook.Output;
        return (changesDestination ? next.Destination : next.Source) is null ? null : rewrites.Dequeue();
    }
}
