using System.Collections.Immutable;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Diffing;

/// <summary>
/// Drops assumptions that make no difference: two regions that differ in the outcome of one unknown, and in nothing else, are one; and
/// one that another holds under fewer assumptions is none.
/// </summary>
/// <remarks>Each round looks up every region's neighbour under every one of its assumptions; there are as many rounds as assumptions go.</remarks>
internal static class AssumptionMerger
{
    /// <param name="regions">The regions.</param>
    /// <param name="keyOf">All of a region but its assumptions, as far as it must be the same.</param>
    /// <param name="assumptionsOf">Its assumptions.</param>
    /// <param name="with">The region with other assumptions.</param>
    /// <returns>The regions that are left, in the order of the first of each.</returns>
    public static List<T> Merge<T>(
        IEnumerable<T> regions,
        Func<T, object> keyOf,
        Func<T, ImmutableArray<Assumption>> assumptionsOf,
        Func<T, ImmutableArray<Assumption>, T> with)
        where T : class
    {
        var merged = regions.ToList<T?>();
        var keys = merged.ConvertAll(region => region is null ? "" : keyOf(region));
        while (MergeOnce(merged, keys, assumptionsOf, with))
        {
            // what was merged may have a neighbour now
        }
        return WithoutHeld(merged, keys, assumptionsOf);
    }

    /// <summary>Where the two sides of a diff are free of each other, several of their combinations assume the same, or one what the other leaves open.</summary>
    private static List<T> WithoutHeld<T>(List<T?> regions, List<object> keys, Func<T, ImmutableArray<Assumption>> assumptionsOf)
        where T : class
    {
        var left = new List<(T Region, object Key, HashSet<Assumption> Assumptions, int Place)>();
        for (var i = 0; i < regions.Count; i++)
        {
            if (regions[i] is { } region)
            {
                left.Add((region, keys[i], [.. assumptionsOf(region)], i));
            }
        }
        var held = left.GroupBy(one => one.Key).SelectMany(same => same.Where(one => same.Any(other =>
            (other.Assumptions.Count, other.Place).CompareTo((one.Assumptions.Count, one.Place)) < 0
            && other.Assumptions.IsSubsetOf(one.Assumptions)))).Select(one => one.Place).ToHashSet();
        return [.. left.Where(one => !held.Contains(one.Place)).Select(one => one.Region)];
    }

    private static bool MergeOnce<T>(
        List<T?> regions, List<object> keys, Func<T, ImmutableArray<Assumption>> assumptionsOf, Func<T, ImmutableArray<Assumption>, T> with)
        where T : class
    {
        var places = new Dictionary<(object, string), int>();
        var hasMerged = false;
        for (var i = 0; i < regions.Count; i++)
        {
            if (regions[i] is not { } region)
            {
                continue;
            }
            var assumptions = assumptionsOf(region);
            if (assumptions.FirstOrDefault(one => one.Action is null && Find(Without(assumptions, one).Append(one with { Holds = !one.Holds })) >= 0) is { Name: not null } open)
            {
                var place = Find(Without(assumptions, open).Append(open with { Holds = !open.Holds }));
                (regions[place], regions[i]) = (with(regions[place] ?? region, [.. Without(assumptions, open)]), null);
                places = places.Where(entry => entry.Value != place).ToDictionary();
                hasMerged = true;
                continue;
            }
            places[(keys[i], Text(assumptions))] = i;

            int Find(IEnumerable<Assumption> wanted) => places.GetValueOrDefault((keys[i], Text(wanted)), -1);
        }
        return hasMerged;
    }

    private static IEnumerable<Assumption> Without(IEnumerable<Assumption> assumptions, Assumption one) => assumptions.Where(other => other != one);

    private static string Text(IEnumerable<Assumption> assumptions) =>
        string.Join('\n', assumptions.Select(one => one.ToString()).Order(StringComparer.Ordinal));
}
