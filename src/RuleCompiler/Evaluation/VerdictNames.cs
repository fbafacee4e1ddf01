using System.Diagnostics;

namespace RuleCompiler.Evaluation;

/// <summary>The words for verdicts in texts and JSON.</summary>
internal static class VerdictNames
{
    public static string Name(this Verdict verdict) => verdict switch
    {
        Verdict.Accept => "accept",
        Verdict.Drop => "drop",
        Verdict.Reject => "reject",
        Verdict.Queue => "queue",
        Verdict.Stolen => "stolen",
        _ => throw new UnreachableException(),
    };
}
