using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Decides, rule by rule, whether a packet gets to it and whether it changes what becomes of any.</summary>
/// <remarks>
/// Most rules are settled by one packet: a corner of the rule's box that gets to it, and then is treated otherwise with
/// than without it (<see cref="PointProver"/>). Only rules that no corner settles are looked at exhaustively. Serves one thread.
/// </remarks>
internal sealed class RuleProver
{
    /// <summary>Steps after which another proof than that of a repetition is tried.</summary>
    private const long StepsForRepetition = 20_000;

    private readonly SpaceRuleset _rules;
    private readonly CallGraph _calls;
    private readonly TargetBoxes _boxes;
    private readonly EntrySpace _entries;
    private readonly StepBudget _budget;
    private readonly ArrivalFinder _arrivals;
    private readonly RemovalProver _removal;
    private readonly DeadRuleProver _dead;
    private readonly ListProver _lists;
    private readonly PointProver _points;
    private readonly RepetitionProver _repetition;
    private readonly HashSet<RuleKey> _writers = [];

    public RuleProver(
        SpaceRuleset rules, CallGraph calls, TargetBoxes boxes, WayFinder ways, EntrySpace entries, RouteFacts routes, bool[] isStable, long steps)
    {
        (_rules, _calls, _boxes, _entries) = (rules, calls, boxes, entries);
        _budget = new StepBudget(steps);
        CellWalker[] first = Walkers(), second = Walkers(), third = Walkers();
        _points = new PointProver(rules, boxes, routes);
        _lists = new ListProver(rules, isStable, _budget);
        _arrivals = new ArrivalFinder(rules, calls, boxes, ways, _lists, first);
        _removal = new RemovalProver(rules, second, third);
        _repetition = new RepetitionProver(rules, second);
        _dead = new DeadRuleProver(
            rules, calls, boxes, entries, _arrivals, _lists, _removal, new ShadowProver(rules, first, second, third), new CoverFinder(rules, second));

        CellWalker[] Walkers() => [.. NetfilterNames.Hooks.Select(hook => new CellWalker(rules, hook, _budget))];
    }

    /// <summary>Decides about a rule.</summary>
    /// <param name="chain">Its chain.</param>
    /// <param name="rule">1-based.</param>
    /// <param name="hasMemory">Whether it writes down what it has seen for other rules, so that it is never superfluous.</param>
    public RuleFacts Prove(SpaceChain chain, int rule, bool hasMemory)
    {
        _budget.Reset();
        try
        {
            return Decide(chain, rule, hasMemory);
        }
        catch (OutOfStepsException)
        {
            return new RuleFacts(RuleStanding.Undecided);
        }
    }

    private RuleFacts Decide(SpaceChain chain, int rule, bool hasMemory)
    {
        var hooks = _calls.HooksOf(chain.Symbol.Index);
        if (hooks.IsEmpty)
        {
            return new RuleFacts(RuleStanding.Unreferenced);
        }
        if (chain.FindRule(rule) < 0)
        {
            return new RuleFacts(RuleStanding.Contradiction);
        }
        _arrivals.Begin(chain);
        var key = new RuleKey(chain.Symbol.Index, rule);
        var isJump = chain.Rows[chain.FindRule(rule)].Kind == ActionKind.Jump;
        var shown = hasMemory && isJump ? PointAnswer.Open : _points.Ask(_arrivals.Entering, chain, key, hooks, hasMemory);
        if (shown == PointAnswer.Needed)
        {
            return RuleFacts.Needed;
        }
        if (!hasMemory && _repetition.IsFor(chain, rule) && FindRepetition(chain, key) is { } repeated)
        {
            return WithIdle(repeated);
        }
        RuleFacts? reached = null;
        if (shown == PointAnswer.Alike && _arrivals.FirstHit(_points.Hook, _points.Reaching, key) is { } seen)
        {
            reached = Reached(_points.Hook, seen);
        }
        else if (!_boxes.IsSatisfiable(chain, rule))
        {
            return new RuleFacts(RuleStanding.Contradiction);
        }
        else
        {
            foreach (var (hook, cell) in _arrivals.Probe(chain, key))
            {
                if (hasMemory)
                {
                    return WithIdle(Reached(hook, cell));
                }
                if (_removal.IsNeededFor(hook, cell, chain, rule))
                {
                    return Reached(hook, cell);
                }
                reached ??= Reached(hook, cell);
            }
        }
        if (reached is not null)
        {
            return IsNeededForCalled(chain, key, hooks) ?? IsNeededInList(chain, key) ?? Weigh(WithIdle(reached), chain, key);
        }
        if (IsNeededInList(chain, key) is { } needed)
        {
            return needed;
        }
        if (_arrivals.Find(chain, key, out var isLocal, out var isCovered) is not { Cell: { } found } way)
        {
            return _dead.Explain(chain, key, isLocal, isCovered);
        }
        var alive = WithIdle(Reached(way.Hook, found));
        return hasMemory ? alive : Weigh(alive, chain, key);

        RuleFacts WithIdle(RuleFacts facts) => facts with { IsIdleJump = IsIdleJump(chain, rule) };
    }

    /// <summary>Whether the rule only writes what earlier rules have written; null where it does not, and where no packet gets to it.</summary>
    private RuleFacts? FindRepetition(SpaceChain chain, RuleKey key)
    {
        if (!_arrivals.IsMetOnce)
        {
            return null;
        }
        RuleFacts? facts = null;
        _writers.Clear();
        var aside = _budget.SetAside(allBut: StepsForRepetition);
        try
        {
            foreach (var (hook, cell) in _arrivals.Hits(chain, key, static walker => walker.KeepsWritings = true))
            {
                if (!_repetition.IsRepeated(hook, cell, chain, key.Rule, _writers))
                {
                    return null;
                }
                facts ??= new RuleFacts(RuleStanding.Redundant) { Hook = hook, Witness = cell, IsRepetition = true };
            }
        }
        catch (OutOfStepsException)
        {
            return null;
        }
        finally
        {
            _budget.TakeBack(aside);
        }
        return facts is null ? null : facts with { Because = [.. _writers.OrderBy(writer => (writer.Chain, writer.Rule))] };
    }

    private static RuleFacts Reached(Hook hook, Cell cell) => new(RuleStanding.Needed) { Hook = hook, Witness = cell };

    /// <summary>A packet that a jump is needed for, of those that rules of the called chain ask for; null where none is found.</summary>
    private RuleFacts? IsNeededForCalled(SpaceChain chain, RuleKey key, ImmutableArray<Hook> hooks)
    {
        if (chain.Rows[chain.FindRule(key.Rule)].Kind is not (ActionKind.Jump or ActionKind.Goto))
        {
            return null;
        }
        foreach (var (way, box) in _arrivals.BoxesCalled(chain, key))
        {
            var shown = _points.Ask(way, box, key, hooks);
            if (shown == PointAnswer.Needed)
            {
                return RuleFacts.Needed;
            }
            if (shown == PointAnswer.Open
                && _arrivals.FirstHit(way.Hook, _arrivals.PointOf(box, 0), key) is { } cell && _removal.IsNeededFor(way.Hook, cell, chain, key.Rule))
            {
                return Reached(way.Hook, cell);
            }
        }
        return null;
    }

    /// <summary>A packet that the rule is needed for, of those that rules behind it ask for; null where none is found.</summary>
    private RuleFacts? IsNeededInList(SpaceChain chain, RuleKey key)
    {
        foreach (var (hook, cell) in _arrivals.ProbeDifference(chain, key))
        {
            if (_removal.IsNeededFor(hook, cell, chain, key.Rule))
            {
                return Reached(hook, cell);
            }
        }
        return null;
    }

    /// <summary>Whether any packet is treated otherwise without the rule.</summary>
    private RuleFacts Weigh(RuleFacts facts, SpaceChain chain, RuleKey key)
    {
        var hooks = _calls.HooksOf(key.Chain);
        if (_lists.CanCompare(chain, key.Rule) && WeighInList(facts, chain, key, hooks) is { } settled)
        {
            return settled;
        }
        if (_removal.IsIdleLocally(chain, key.Rule, hooks, _boxes) is { } locally)
        {
            return facts with { Standing = RuleStanding.Redundant, Because = locally };
        }
        var deciders = new SortedSet<RuleKey>(Comparer<RuleKey>.Create((a, b) => (a.Chain, a.Rule).CompareTo((b.Chain, b.Rule))));
        foreach (var (hook, cell) in _arrivals.Hits(chain, key))
        {
            if (_removal.IsNeededFor(hook, cell, chain, key.Rule, deciders))
            {
                return facts with { Hook = hook, Witness = cell };
            }
        }
        return facts with { Standing = RuleStanding.Redundant, Because = [.. deciders] };
    }

    /// <summary>What the rule's own chain says as a list of boxes; null where that settles nothing.</summary>
    private RuleFacts? WeighInList(RuleFacts facts, SpaceChain chain, RuleKey key, ImmutableArray<Hook> hooks)
    {
        var isAlike = true;
        var all = new List<ulong[]>();
        foreach (var (hook, limited) in _arrivals.Ways(chain, key))
        {
            all.AddRange(limited);
            var answer = _lists.FindDifference(chain, key.Rule, limited, IsIdle);
            isAlike &= answer.Kind == ListAnswerKind.Alike;
            if (answer is { Kind: ListAnswerKind.Different, Box: { } box }
                && _arrivals.FirstHit(hook, box, key) is { } cell
                && _removal.IsNeededFor(hook, cell, chain, key.Rule))
            {
                return facts with { Hook = hook, Witness = cell };
            }
        }
        if (!isAlike)
        {
            return null;
        }
        return facts with { Standing = RuleStanding.Redundant, Because = _lists.FindCauses(chain, key.Rule, all, IsIdle) };

        bool IsIdle(SpaceChain callee) => _removal.IsIdle(callee, hooks, _entries);
    }

    private bool IsIdleJump(SpaceChain chain, int rule)
    {
        ref readonly var row = ref chain.Rows[chain.FindRule(rule)];
        return row.Kind == ActionKind.Jump && _removal.IsIdle(_rules.Chains[row.Target], _calls.HooksOf(chain.Symbol.Index), _entries);
    }
}
