using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Finds the packets of a space that a question asks for, and tells them as regions.</summary>
internal static class RegionSearch
{
    private const int BoxesTried = 8;
    private const int PacketsTried = 12;

    /// <param name="compilation">A dump without errors.</param>
    /// <param name="family">A family of it.</param>
    /// <param name="host">The machine.</param>
    /// <param name="space">Where to look.</param>
    /// <param name="question">What for.</param>
    /// <param name="regions">Takes the regions, in the order in which they were found.</param>
    /// <param name="maxRegions">Most regions to tell.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>False where there are more regions.</returns>
    /// <exception cref="OperationCanceledException">Time is up; what was found until then is in the list.</exception>
    /// <exception cref="OutOfStepsException">The space falls into too many parts.</exception>
    public static bool Find(
        Compilation compilation,
        Family family,
        HostFacts host,
        SpaceExpression space,
        SearchQuestion question,
        List<SearchRegion> regions,
        int maxRegions,
        CancellationToken cancellation)
    {
        var side = new DiffSide(compilation, family, host);
        var rules = compilation.GetTables(family) ?? CompiledRuleset.CreateEmpty(family);
        var search = new SpaceSearch(rules, host, [space], new StepBudget(long.MaxValue, cancellation), question.Kind);
        var groups = new Dictionary<string, List<PacketCell>>();
        var isComplete = true;
        try
        {
            foreach (var cell in search.Run(space, question.Hits).SelectMany(search.AsRouted).Where(question.Wants))
            {
                var key = $"{cell.Taker?.Hook} {cell.Taker?.Chain} {cell.Taker?.RuleNumber} {cell.Verdict} {cell.Way.IsLost} {cell.IsRewritten} "
                    + $"{search.ChangesOf(cell)} {search.UnknownsKeyOf(cell)}";
                if (groups.TryGetValue(key, out var group))
                {
                    if (!cell.Way.IsLost || !group.Exists(known => Boxes.Holds(known.Box, cell.Box, search.Layout.NarrowCount)))
                    {
                        group.Add(cell); // what is lost may be found once for each way on which rules behind routing would have led it
                    }
                }
                else if (groups.Count == maxRegions)
                {
                    isComplete = false;
                    break;
                }
                else
                {
                    groups.Add(key, [cell]);
                }
            }
        }
        finally
        {
            var teller = new OutcomeTeller(search.Layout, side);
            regions.AddRange(AssumptionMerger.Merge(
                groups.Values.Select(group => Tell(search, teller, family, group)),
                region => (region.Hook, region.Outcome, string.Join('\n', region.Space)),
                region => region.Assumptions,
                (region, assumptions) => region with { Assumptions = assumptions }).Select(region => region.Completed()));
        }
        return isComplete;
    }

    private static SearchRegion Tell(SpaceSearch search, OutcomeTeller teller, Family family, List<PacketCell> group)
    {
        var first = group[0];
        var unknowns = search.UnknownsOf(first);
        var (witness, trace) = FindWitness(search, teller, group, unknowns);
        return new SearchRegion
        {
            Family = family,
            Hook = first.Taker?.Hook,
            Witness = witness,
            Assumptions = unknowns.Assumptions,
            Unknowns = unknowns,
            Outcome = teller.Tell(first.Way, trace, first.Taker),
            Space =
            [
                .. new SpaceWriter(search.Layout).Write(
                    new BlockMerger(search.Layout, search.Universe).Merge(group.Select(cell => cell.Box))),
            ],
        };
    }

    private static (Packet Witness, Trace? Trace) FindWitness(
        SpaceSearch search, OutcomeTeller teller, List<PacketCell> group, RegionUnknowns unknowns)
    {
        var assumptions = unknowns.Untold;
        var tried = group.Take(BoxesTried).ToList();
        foreach (var (box, cell) in tried.Select(cell => (cell.Box, cell)).Concat(
            from cell in tried let part = search.Witnesses.ByLoopback(cell.Box) where part is not null select (part, cell)))
        {
            for (var attempt = 0; attempt < PacketsTried; attempt++)
            {
                var packet = unknowns.Complete(search.Witnesses.Pick(box, attempt));
                if (teller.Show(cell.Way, packet, assumptions) is { } trace)
                {
                    return (packet, trace);
                }
            }
        }
        return (unknowns.Complete(search.Witnesses.Pick(group[0].Box, 0)), null);
    }
}
