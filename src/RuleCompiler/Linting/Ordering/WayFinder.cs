using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Finds the ways of calls that lead packets to a chain, and the boxes of the packets that can take them.</summary>
/// <remarks>
/// A chain's ways are those of its callers, one call longer: they are kept for the chains that it calls. Serves all threads: two that
/// ask at once find the same.
/// </remarks>
internal sealed class WayFinder(SpaceRuleset rules, CallGraph calls, TargetBoxes boxes)
{
    private const int MaxWays = 64;
    private const int MaxCalls = 64; // nf_tables takes 16 in a row; x_tables has no limit of its own

    private readonly Ways?[][] _known = [.. NetfilterNames.Hooks.Select(_ => new Ways?[rules.Chains.Length])];

    /// <summary>The ways from a hook to a chain.</summary>
    public Ways To(SpaceChain chain, Hook hook) => _known[(int)hook][chain.Symbol.Index] ??= Find(chain, hook);

    private Ways Find(SpaceChain chain, Hook hook)
    {
        var (symbol, table) = (chain.Symbol, chain.Symbol.Table);
        if (symbol.Hook is { } own)
        {
            return new Ways(own == hook ? [new Way(hook, [], [.. boxes.EnteringFor(hook, table)])] : [], AreAll: true);
        }
        if (calls.DepthOf(symbol.Index) > MaxCalls)
        {
            return new Ways([], AreAll: false);
        }
        var (ways, areAll) = (new List<Way>(1), true);
        foreach (var caller in calls.CallersOf(symbol.Index))
        {
            if (!calls.HooksOf(caller.Chain).Contains(hook))
            {
                continue;
            }
            var calling = rules.Chains[caller.Chain];
            var before = To(calling, hook);
            areAll &= before.AreAll;
            foreach (var way in before.Known)
            {
                if (boxes.Limit(way.Boxes, hook, calling, caller.Rule, table) is not { Count: > 0 } entering)
                {
                    continue;
                }
                if (ways.Count == MaxWays)
                {
                    return new Ways(ways, AreAll: false);
                }
                ways.Add(new Way(hook, [.. way.Path, caller], entering));
            }
        }
        return new Ways(ways, areAll);
    }
}
