using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Which packets get to a rule, for those who need one of them and nothing else of the rule.</summary>
/// <remarks>
/// Packets are those that enter a hook; what the hooks before it do to them is not looked at. So none is a proof, and one
/// has to be sent on its whole way. Rules are asked about chain by chain. Serves one thread.
/// </remarks>
internal sealed class RuleArrivals
{
    private readonly SpaceRuleset _rules;
    private readonly CallGraph _calls;
    private readonly TargetBoxes _boxes;
    private readonly ArrivalFinder _finder;

    /// <param name="ruleset">The rules as they are bound.</param>
    /// <param name="rules">The same as boxes.</param>
    /// <param name="hasFragments">Whether rules see later fragments.</param>
    /// <param name="budget">What a question may cost; whoever asks begins it.</param>
    public RuleArrivals(BoundRuleset ruleset, SpaceRuleset rules, bool hasFragments, StepBudget budget)
    {
        _rules = rules;
        _calls = new CallGraph(ruleset);
        _boxes = new TargetBoxes(rules, new EntrySpace(rules.Layout, hasFragments));
        _finder = new ArrivalFinder(rules, _calls, _boxes, new WayFinder(rules, _calls, _boxes), new ListProver(rules, StableChains.Find(rules, _calls), budget),
            [.. NetfilterNames.Hooks.Select(hook => new CellWalker(rules, hook, budget))]);
    }

    /// <summary>The hooks that lead to a rule's chain; none where nothing does.</summary>
    public ImmutableArray<Hook> HooksOf(RuleKey rule) => _calls.HooksOf(rule.Chain);

    /// <summary>Whether packets of any hook satisfy the rule's own options.</summary>
    public bool IsSatisfiable(RuleKey rule)
    {
        var chain = _rules.Chains[rule.Chain];
        return chain.FindRule(rule.Rule) >= 0 && _boxes.IsSatisfiable(chain, rule.Rule);
    }

    /// <summary>Boxes of packets that the rule lets through, and those that lead to it: where to look first, and no proof.</summary>
    public IEnumerable<(Hook Hook, IEnumerable<ulong[]> Boxes)> Guess(RuleKey rule)
    {
        var chain = _rules.Chains[rule.Chain];
        _finder.Begin(chain);
        return _finder.Ways(chain, rule).Select(way => (way.Hook, way.Boxes.SelectMany(box => _boxes.Guess(box, chain, rule.Rule))));
    }

    /// <summary>Packets that get to the rule, those that cost least to find first; none is a proof that there are none.</summary>
    /// <exception cref="OutOfStepsException">The budget is spent.</exception>
    public IEnumerable<(Hook Hook, Cell Cell)> Find(RuleKey rule)
    {
        var chain = _rules.Chains[rule.Chain];
        _finder.Begin(chain);
        foreach (var probe in _finder.Probe(chain, rule))
        {
            yield return probe;
        }
        if (_finder.Find(chain, rule, out _, out _) is not { Cell: { } found } first)
        {
            yield break;
        }
        yield return (first.Hook, found);
        foreach (var hit in _finder.Hits(chain, rule))
        {
            yield return hit;
        }
    }
}
