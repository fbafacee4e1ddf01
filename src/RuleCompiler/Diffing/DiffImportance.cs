using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Diffing;

/// <summary>How much a region is to be looked at.</summary>
internal static class DiffImportance
{
    /// <summary>The most important first. Those of one kind stand together, where the largest of them belongs.</summary>
    public static IEnumerable<DiffRegion> Order(IEnumerable<DiffRegion> regions) => regions
        .GroupBy(region => (Of(region), OfState(region), region.Family, region.Hook, KindOf(region.Old), KindOf(region.New)))
        .OrderBy(kind => kind.Key.Item1).ThenBy(kind => kind.Key.Item2).ThenByDescending(kind => kind.Max(region => region.Count))
        .SelectMany(kind => kind.OrderByDescending(region => region.Count));

    /// <summary>What outcomes have in common that rules of one chain lead to.</summary>
    private static object KindOf(DiffOutcome outcome) =>
        (outcome.Verdict, outcome.Detail, outcome.Lost, outcome.Rewrite, outcome.Table, outcome.Chain, outcome.Rule is null);

    /// <summary>0 for packets let in anew, 1 for such that are kept out anew, 2 for new destinations, 3 for the rest, and for what routing loses anyway.</summary>
    private static int Of(DiffRegion region) =>
        (region.Old.Lost ?? region.New.Lost) is not null ? 3
        : region.Old.Verdict != Verdict.Accept && region.New.Verdict == Verdict.Accept ? 0
        : region.Old.Verdict == Verdict.Accept && region.New.Verdict != Verdict.Accept ? 1
        : region.Old.Rewrite != region.New.Rewrite ? 2
        : 3;

    /// <summary>Within that: 0 for regions that connections can be opened in, 1 for others.</summary>
    private static int OfState(DiffRegion region) => region.Witness.State == ConntrackState.New ? 0 : 1;
}
