using System.Collections.Immutable;

namespace RuleCompiler.PacketSpaces;

/// <summary>Chooses unknowns so that a packet gets to a rule; on the way there and behind it others do not hold.</summary>
/// <remarks>
/// That is one choice of the unknowns, the same with the rule and without it: up to the rule both ways are one, and behind it
/// each passage of either way has the same value.
/// </remarks>
internal sealed class PointUnknowns(SpaceRuleset rules)
{
    private readonly List<(int Variable, bool Holds)> _chosen = [];
    private ImmutableArray<RuleKey> _path = [];
    private RuleKey _target;

    /// <summary>Whether the rule was met, behind which nothing is chosen any more.</summary>
    public bool IsTargetReached { get; set; }

    /// <summary>Begins with another packet.</summary>
    /// <param name="path">The rules that lead to the rule's chain.</param>
    /// <param name="target">The rule.</param>
    public void Start(ImmutableArray<RuleKey> path, RuleKey target)
    {
        (_path, _target, IsTargetReached) = (path, target, false);
        _chosen.Clear();
    }

    /// <summary>Whether a row whose tests hold matches.</summary>
    public bool Choose(RuleKey key, in SpaceRow row)
    {
        var isWished = !IsTargetReached && (key == _target || _path.Contains(key));
        foreach (var (variable, isWanted) in rules.UnknownsOf(row))
        {
            var holds = Known(variable) ?? (isWished && isWanted);
            if (!IsTargetReached && !rules.IsStateful(variable))
            {
                _chosen.Add((variable, holds));
            }
            if (holds != isWanted)
            {
                return false;
            }
        }
        return true;
    }

    private bool? Known(int variable)
    {
        foreach (var (chosen, holds) in _chosen)
        {
            if (chosen == variable)
            {
                return holds;
            }
        }
        return null;
    }
}
