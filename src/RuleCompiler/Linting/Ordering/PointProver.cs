using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Settles most rules by single packets: corners of the rule's box, each carried with it and without it.</summary>
/// <remarks>Serves one thread.</remarks>
internal sealed class PointProver(SpaceRuleset rules, TargetBoxes boxes, RouteFacts routes)
{
    private const int MostTries = 16;

    /// <summary>Packets whose ways only cells can follow, after which these are asked.</summary>
    private const int MostOpen = 2;

    private readonly PointWalker?[] _walkers = new PointWalker?[NetfilterNames.Hooks.Length];
    private readonly ulong[] _box = new ulong[rules.Layout.Count];
    private readonly ulong[] _point = new ulong[rules.Layout.Count];

    /// <summary>After <see cref="PointAnswer.Alike"/>: the hook of a packet that gets to the rule.</summary>
    public Hook Hook { get; private set; }

    /// <summary>After <see cref="PointAnswer.Alike"/>: the first such packet, until the next question.</summary>
    public ulong[] Reaching { get; } = new ulong[rules.Layout.Count];

    /// <summary>What packets show of a rule.</summary>
    /// <param name="ways">The ways to its chain.</param>
    /// <param name="chain">Its chain.</param>
    /// <param name="key">The rule.</param>
    /// <param name="hooks">The hooks that lead to the chain.</param>
    /// <param name="isReachedEnough">Whether to get to the rule is all that is asked.</param>
    /// <returns>
    /// 'Needed' where nothing more is to be asked of the rule; 'alike' where some packets get to it and none was seen to need it.
    /// </returns>
    public PointAnswer Ask(ReadOnlySpan<Way> ways, SpaceChain chain, RuleKey key, ImmutableArray<Hook> hooks, bool isReachedEnough)
    {
        var (first, tries, opened) = (chain.FindRule(key.Rule), 0, 0);
        var isReached = false;
        for (var corner = 0; corner < Corners.Count; corner++)
        {
            foreach (var way in ways)
            {
                foreach (var entering in way.Boxes)
                {
                    if (!boxes.TryLimit(entering, way.Hook, chain, first, _box))
                    {
                        continue;
                    }
                    if (++tries > MostTries || opened == MostOpen)
                    {
                        return Answer();
                    }
                    Corners.Choose(rules.Layout, _box, corner, _point);
                    switch (Ask(way, key, hooks, isReachedEnough))
                    {
                        case PointAnswer.Needed:
                            return PointAnswer.Needed;
                        case PointAnswer.Alike when !isReached:
                            (Hook, isReached) = (way.Hook, true);
                            _point.CopyTo(Reaching, 0);
                            break;
                        case PointAnswer.Open:
                            opened++;
                            break;
                    }
                }
            }
        }
        return Answer();

        PointAnswer Answer() => isReached && opened == 0 ? PointAnswer.Alike : PointAnswer.Open;
    }

    /// <summary>What the first corner of a box shows of a rule.</summary>
    public PointAnswer Ask(Way way, ulong[] box, RuleKey key, ImmutableArray<Hook> hooks)
    {
        Corners.Choose(rules.Layout, box, 0, _point);
        return Ask(way, key, hooks, isReachedEnough: false);
    }

    private PointAnswer Ask(Way way, RuleKey key, ImmutableArray<Hook> hooks, bool isReachedEnough)
    {
        var walker = _walkers[(int)way.Hook] ??= new PointWalker(rules, way.Hook);
        var answer = walker.Ask(_point, key, way.Path, isReachedEnough);
        return answer == PointAnswer.Needed && OtherRouteAnalyzer.IsExcluded(routes, rules.Layout, hooks, _point) ? PointAnswer.Open : answer;
    }
}
