using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Of rules that cover some packets together, chooses one that does it alone, or some of which none is superfluous.</summary>
/// <remarks>
/// What a choice leaves uncovered is remembered as a packet: another choice without a rule for that packet need not be
/// tried. A choice that the budget does not let be made smaller stays as it is.
/// </remarks>
/// <param name="budget">What it may cost.</param>
/// <param name="missing">A packet that some rules leave uncovered; null where they cover all.</param>
internal sealed class MinimalCover(StepBudget budget, Func<IReadOnlyCollection<int>, ulong[]?> missing)
{
    private readonly List<ulong[]> _points = [];

    /// <summary>Chooses.</summary>
    /// <param name="singles">Rules of which one may do it alone, the one wanted most first.</param>
    /// <param name="candidates">Rules that cover all together, those that are wanted most first.</param>
    /// <param name="uncovered">A packet that is uncovered where no rule is chosen.</param>
    /// <param name="covers">Whether a rule covers a packet.</param>
    /// <returns>The rules chosen, in the order of the candidates.</returns>
    public IReadOnlyList<int> Find(
        IReadOnlyList<int> singles, IReadOnlyList<int> candidates, ulong[] uncovered, Func<int, ulong[], bool> covers)
    {
        budget.Reset(); // what is known of the rule is proven already
        _points.Clear();
        _points.Add(uncovered);
        var kept = candidates.ToList();
        try
        {
            foreach (var single in singles)
            {
                if (Suffices([single]))
                {
                    return [single];
                }
            }
            for (var i = kept.Count - 1; i >= 0; i--)
            {
                var one = kept[i];
                kept.RemoveAt(i);
                if (!Suffices(kept))
                {
                    kept.Insert(i, one);
                }
            }
        }
        catch (OutOfStepsException)
        {
            budget.Reset();
        }
        return kept;

        bool Suffices(IReadOnlyCollection<int> chosen)
        {
            if (!_points.TrueForAll(point => chosen.Any(one => covers(one, point))))
            {
                return false;
            }
            if (missing(chosen) is { } rest)
            {
                _points.Add(rest);
                return false;
            }
            return true;
        }
    }
}
