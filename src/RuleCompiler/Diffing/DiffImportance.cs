using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Diffing;

/// <summary>How much a region is to be looked at.</summary>
internal static class DiffImportance
{
    /// <summary>0 for packets let in anew, 1 for such that are kept out anew, 2 for new destinations, 3 for the rest, and for what routing loses anyway.</summary>
    public static int Of(DiffRegion region) =>
        (region.Old.Lost ?? region.New.Lost) is not null ? 3
        : region.Old.Verdict != Verdict.Accept && region.New.Verdict == Verdict.Accept ? 0
        : region.Old.Verdict == Verdict.Accept && region.New.Verdict != Verdict.Accept ? 1
        : region.Old.Rewrite != region.New.Rewrite ? 2
        : 3;

    /// <summary>Within that: 0 for regions that connections can be opened in, 1 for others.</summary>
    public static int OfState(DiffRegion region) => region.Witness.State == ConntrackState.New ? 0 : 1;
}
