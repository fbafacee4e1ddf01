using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Decides, rule by rule, whether a packet gets to it and whether it changes what becomes of any.</summary>
/// <remarks>
/// Most rules are settled by one packet: a corner of the rule's box that gets to it, and then is treated otherwise with
/// than without it. Only rules that no corner settles are looked at exhaustively. Serves one thread.
/// </remarks>
internal sealed class RuleProver
{
    private const int MaxPaths = 64;
    private const int Probes = 4;

    private readonly SpaceRuleset _rules;
    private readonly CallGraph _calls;
    private readonly TargetBoxes _boxes;
    private readonly StepBudget _budget;
    private readonly CellWalker[] _walkers;
    private readonly RemovalProver _removal;
    private readonly ShadowProver _shadow;
    private readonly CoverFinder _cover;
    private readonly ListProver _lists;
    private int _chain = -1;
    private readonly List<(Hook Hook, List<ulong[]> Boxes)> _ways = [];
    private readonly List<ImmutableArray<RuleKey>> _paths = [];
    private bool _areWaysComplete;

    public RuleProver(SpaceRuleset rules, CallGraph calls, TargetBoxes boxes, EntrySpace entries, long steps)
    {
        _rules = rules;
        _calls = calls;
        _boxes = boxes;
        _budget = new StepBudget(steps);
        _walkers = Walkers();
        CellWalker[] second = Walkers(), third = Walkers();
        _removal = new RemovalProver(rules, second, third);
        _shadow = new ShadowProver(rules, _walkers, second, third);
        _cover = new CoverFinder(rules, second);
        _lists = new ListProver(rules, _budget);

        CellWalker[] Walkers() => [.. NetfilterNames.Hooks.Select(hook => new CellWalker(rules, hook, _budget))];
        Entries = entries;
    }

    private EntrySpace Entries { get; }

    /// <summary>Decides about a rule.</summary>
    /// <param name="chain">Its chain.</param>
    /// <param name="rule">1-based.</param>
    /// <param name="hasHistory">Whether it writes down what it has seen, so that it is never superfluous.</param>
    public RuleFacts Prove(SpaceChain chain, int rule, bool hasHistory)
    {
        _budget.Reset();
        try
        {
            return Decide(chain, rule, hasHistory);
        }
        catch (OutOfStepsException)
        {
            return new RuleFacts(RuleStanding.Undecided);
        }
    }

    private RuleFacts Decide(SpaceChain chain, int rule, bool hasHistory)
    {
        var hooks = _calls.HooksOf(chain.Symbol.Index);
        if (hooks.IsEmpty)
        {
            return new RuleFacts(RuleStanding.Unreferenced);
        }
        if (chain.FindRule(rule) < 0 || !IsSatisfiable(chain, rule))
        {
            return new RuleFacts(RuleStanding.Contradiction);
        }
        FindWays(chain, hooks);
        var key = new RuleKey(chain.Symbol.Index, rule);
        RuleFacts? reached = null;
        foreach (var (hook, cell) in Probe(chain, key))
        {
            reached ??= new RuleFacts(RuleStanding.Needed) { Hook = hook, Witness = cell, IsIdleJump = IsIdleJump(chain, rule) };
            if (hasHistory || _removal.IsNeededFor(hook, cell, chain, rule))
            {
                return reached with { Hook = hook, Witness = cell };
            }
        }
        if (reached is not null)
        {
            return Weigh(reached, chain, key);
        }
        if (FindReached(chain, key, hooks, out var isLocal, out var isCovered) is not { Cell: { } found } way)
        {
            return Explain(chain, key, hooks, isLocal, isCovered);
        }
        var alive = new RuleFacts(RuleStanding.Needed) { Hook = way.Hook, Witness = found, IsIdleJump = IsIdleJump(chain, rule) };
        return hasHistory ? alive : Weigh(alive, chain, key);
    }

    /// <summary>
    /// A cell that gets to the rule. First the parts of its box that no rule on the way takes for certain; only where
    /// unknowns or calls come between are cells carried through all of the hook.
    /// </summary>
    private (Hook Hook, Cell? Cell) FindReached(SpaceChain chain, RuleKey key, ImmutableArray<Hook> hooks, out bool isLocal, out bool isCovered)
    {
        isLocal = true;
        isCovered = false;
        var left = new List<(Hook Hook, ulong[] Box)>();
        foreach (var hook in hooks)
        {
            foreach (var box in _boxes.Limit([.. Entries.At(hook)], hook, chain, key.Rule, chain.Symbol.Table))
            {
                if (_lists.FindReached(chain, key.Rule, box, []) is { } rest)
                {
                    left.Add((hook, rest));
                }
            }
        }
        if (left.Count == 0)
        {
            isCovered = true;
            return default;
        }
        var isOpen = !_areWaysComplete;
        for (var i = 0; i < _ways.Count; i++)
        {
            var (hook, boxes) = _ways[i];
            foreach (var box in _boxes.Limit(boxes, hook, chain, key.Rule, chain.Symbol.Table))
            {
                if (_lists.FindReached(chain, key.Rule, box, _paths[i]) is { } rest)
                {
                    isOpen = true;
                    if (FirstHit(_walkers[(int)hook], (ulong[])rest.Clone(), key) is { } cell)
                    {
                        return (hook, cell);
                    }
                }
            }
        }
        isLocal = LocalHit(chain, key, hooks) is null;
        return isLocal || !isOpen ? default : FindHit(chain, key, hooks);
    }

    /// <summary>Whether packets of any hook satisfy the rule's own options.</summary>
    private bool IsSatisfiable(SpaceChain chain, int rule)
    {
        foreach (var hook in NetfilterNames.Hooks)
        {
            foreach (var box in Entries.At(hook))
            {
                if (MeetsRule(box, chain, rule, ignoresConnection: chain.Symbol.Table == TableKind.Raw))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private bool MeetsRule(ulong[] box, SpaceChain chain, int rule, bool ignoresConnection)
    {
        var first = chain.FindRule(rule);
        for (var row = first; row < chain.Rows[first].NextRule; row++)
        {
            var meets = true;
            foreach (var (dimension, code) in _rules.TestsOf(chain.Rows[row]))
            {
                var d = _rules.Layout.Dimensions[dimension];
                meets &= (ignoresConnection && d.Field is >= Packets.PacketField.ConnectionMark and <= Packets.PacketField.ConntrackZone)
                    || Boxes.Meet(box[dimension], code, d.IsNarrow) != Boxes.Nothing;
            }
            if (meets)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The boxes that lead to a chain, once for all its rules.</summary>
    private void FindWays(SpaceChain chain, ImmutableArray<Hook> hooks)
    {
        if (_chain == chain.Symbol.Index)
        {
            return;
        }
        _chain = chain.Symbol.Index;
        _ways.Clear();
        _paths.Clear();
        _areWaysComplete = true;
        foreach (var hook in hooks)
        {
            var count = 0;
            foreach (var path in _calls.PathsTo(_chain, hook))
            {
                if (++count > MaxPaths)
                {
                    _areWaysComplete = false;
                    break;
                }
                if (_boxes.OnPath(hook, path, chain.Symbol.Table) is { Count: > 0 } boxes)
                {
                    _ways.Add((hook, boxes));
                    _paths.Add(path);
                }
            }
        }
    }

    /// <summary>Tries corners of the rule's box; the first that gets to the rule, alone in its cell.</summary>
    private IEnumerable<(Hook Hook, Cell Cell)> Probe(SpaceChain chain, RuleKey key)
    {
        var tries = 0;
        foreach (var (hook, boxes) in _ways)
        {
            foreach (var box in _boxes.Limit(boxes, hook, chain, key.Rule, chain.Symbol.Table))
            {
                for (var probe = 0; probe < Probes; probe++)
                {
                    if (FirstHit(_walkers[(int)hook], PointOf(box, probe), key) is { } cell)
                    {
                        yield return (hook, cell);
                    }
                }
                if (++tries > 2 * Probes)
                {
                    yield break;
                }
            }
        }
    }

    private static Cell? FirstHit(CellWalker walker, ulong[] box, RuleKey key)
    {
        walker.Clear();
        walker.Target = key;
        walker.Enter(box);
        return NextHit(walker);
    }

    private static Cell? NextHit(CellWalker walker)
    {
        while (walker.MoveNext() is { } cell)
        {
            if (cell.Chain is not null)
            {
                return cell;
            }
        }
        return null;
    }

    private ulong[] PointOf(ulong[] box, int probe)
    {
        var point = new ulong[box.Length];
        for (var i = 0; i < box.Length; i++)
        {
            var d = _rules.Layout.Dimensions[i];
            point[i] = d.IsNarrow ? (probe & 1) == 0 ? box[i] & (~box[i] + 1) : 1UL << (63 - System.Numerics.BitOperations.LeadingZeroCount(box[i]))
                : d.CodeOf(probe switch
                {
                    0 => (int)(uint)box[i],
                    1 => (int)(box[i] >> 32) - 1,
                    2 => (int)(((uint)box[i] + (uint)(box[i] >> 32)) / 2),
                    _ => (int)Math.Min((uint)box[i] + 1, (uint)(box[i] >> 32) - 1),
                });
        }
        return point;
    }

    /// <summary>Whether, looked at by itself, the chain lets a packet get to the rule: if not, no way to the chain can help.</summary>
    private Cell? LocalHit(SpaceChain chain, RuleKey key, ImmutableArray<Hook> hooks)
    {
        foreach (var hook in hooks)
        {
            var walker = _walkers[(int)hook];
            foreach (var box in _boxes.Limit([.. Entries.At(hook)], hook, chain, key.Rule, chain.Symbol.Table))
            {
                walker.Clear();
                walker.IsLocal = true;
                walker.Target = key;
                walker.EnterChain(chain, box);
                if (NextHit(walker) is { } cell)
                {
                    return cell;
                }
            }
        }
        return null;
    }

    private (Hook Hook, Cell? Cell) FindHit(SpaceChain chain, RuleKey key, ImmutableArray<Hook> hooks)
    {
        foreach (var (hook, cell) in Hits(chain, key, hooks, null))
        {
            return (hook, cell);
        }
        return default;
    }

    /// <summary>Every cell of packets that match the rule.</summary>
    private IEnumerable<(Hook Hook, Cell Cell)> Hits(SpaceChain chain, RuleKey key, ImmutableArray<Hook> hooks, Action<CellWalker>? wish)
    {
        foreach (var (hook, boxes) in _areWaysComplete ? _ways : [.. hooks.Select(hook => (hook, new List<ulong[]>(Entries.At(hook))))])
        {
            var walker = _walkers[(int)hook];
            foreach (var box in _boxes.Limit(boxes, hook, chain, key.Rule, chain.Symbol.Table))
            {
                walker.Clear();
                walker.Target = key;
                wish?.Invoke(walker);
                walker.Enter((ulong[])box.Clone());
                while (NextHit(walker) is { } cell)
                {
                    yield return (hook, cell);
                }
            }
        }
    }

    /// <summary>Whether any packet is treated otherwise without the rule.</summary>
    private RuleFacts Weigh(RuleFacts facts, SpaceChain chain, RuleKey key)
    {
        var hooks = _calls.HooksOf(key.Chain);
        if (WeighInList(facts, chain, key, hooks) is { } settled)
        {
            return settled;
        }
        if (_removal.IsIdleLocally(chain, key.Rule, hooks, Entries, _boxes) is { } locally)
        {
            return facts with { Standing = RuleStanding.Redundant, Because = locally };
        }
        var deciders = new SortedSet<RuleKey>(Comparer<RuleKey>.Create((a, b) => (a.Chain, a.Rule).CompareTo((b.Chain, b.Rule))));
        foreach (var (hook, cell) in Hits(chain, key, hooks, null))
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
        foreach (var (hook, boxes) in _areWaysComplete ? _ways : [.. hooks.Select(hook => (hook, new List<ulong[]>(Entries.At(hook))))])
        {
            var limited = _boxes.Limit(boxes, hook, chain, key.Rule, chain.Symbol.Table);
            var answer = _lists.FindDifference(chain, key.Rule, limited, IsIdle);
            isAlike &= answer.Kind == ListAnswerKind.Alike;
            if (answer is { Kind: ListAnswerKind.Different, Box: { } box }
                && FirstHit(_walkers[(int)hook], (ulong[])box.Clone(), key) is { } cell
                && _removal.IsNeededFor(hook, cell, chain, key.Rule))
            {
                return facts with { Hook = hook, Witness = cell };
            }
        }
        if (!isAlike)
        {
            return null;
        }
        var all = hooks.SelectMany(hook => _boxes.Limit([.. Entries.At(hook)], hook, chain, key.Rule, chain.Symbol.Table)).ToList();
        return facts with { Standing = RuleStanding.Redundant, Because = _lists.FindCauses(chain, key.Rule, all, IsIdle) };

        bool IsIdle(SpaceChain callee) => _removal.IsIdle(callee, hooks, Entries);
    }

    private bool IsIdleJump(SpaceChain chain, int rule)
    {
        ref readonly var row = ref chain.Rows[chain.FindRule(rule)];
        return row.Kind == ActionKind.Jump && _removal.IsIdle(_rules.Chains[row.Target], _calls.HooksOf(chain.Symbol.Index), Entries);
    }

    /// <summary>Why no packet gets to a rule.</summary>
    private RuleFacts Explain(SpaceChain chain, RuleKey key, ImmutableArray<Hook> hooks, bool isLocal, bool isCovered)
    {
        var first = chain.FindRule(key.Rule);
        if (!hooks.Any(hook => Entries.At(hook).Any(box => MeetsRule(box, chain, key.Rule, ignoresConnection: true))))
        {
            return new RuleFacts(IsInterfaceWrong(chain, key.Rule, hooks) ? RuleStanding.WrongInterface : RuleStanding.Shadowed)
            {
                IsSomeAlike = true,
            };
        }
        if (chain.Symbol.Table == TableKind.Nat && _shadow.IsForOtherStates(chain, first))
        {
            return new RuleFacts(RuleStanding.StateNeverSeen);
        }
        if (!isLocal && chain.Symbol.Table == TableKind.Nat && IsHitWith(walker => walker.IsWithoutUntrack = true))
        {
            return new RuleFacts(RuleStanding.Untracked) { Because = _cover.Untracking() };
        }
        if (!isLocal && chain.Symbol.Table is TableKind.Filter or TableKind.Security or TableKind.Mangle && IsHitWith(walker => walker.IsWithoutNat = true))
        {
            return new RuleFacts(RuleStanding.AfterRewrite);
        }
        var ways = _areWaysComplete ? _ways : [.. hooks.Select(hook => (hook, new List<ulong[]>(Entries.At(hook))))];
        var limited = ways.Select(way => (way.Hook, _boxes.Limit(way.Boxes, way.Hook, chain, key.Rule, chain.Symbol.Table))).ToList();
        var shadow = CompareInList(chain, key, hooks, limited) ?? _shadow.Compare(chain, key, limited);
        return shadow with
        {
            Because = isLocal && isCovered
                ? _lists.FindCover(chain, key.Rule, [.. limited.SelectMany(way => way.Item2)])
                : _cover.Find(chain, key, hooks, isLocal, limited, Entries, _boxes, shadow),
        };

        bool IsHitWith(Action<CellWalker> wish) => Hits(chain, key, hooks, wish).Any();
    }

    /// <summary>The same comparison, made only with some packets of each rule that takes any; null where that may not be enough.</summary>
    private RuleFacts? CompareInList(
        SpaceChain chain, RuleKey key, ImmutableArray<Hook> hooks, List<(Hook Hook, List<ulong[]> Boxes)> ways)
    {
        var facts = new RuleFacts(RuleStanding.Shadowed);
        var isOpen = false;
        foreach (var (hook, boxes) in ways)
        {
            foreach (var box in boxes)
            {
                var isSettled = _lists.FindTaken(
                    chain,
                    key.Rule,
                    box,
                    callee => _removal.IsIdle(callee, hooks, Entries),
                    isAlike => isAlike ? !facts.IsSomeAlike : !facts.IsSomeDifferent,
                    (piece, _) => Add(hook, piece));
                if (!isSettled || isOpen)
                {
                    return null;
                }
            }
        }
        return facts.IsSomeAlike || facts.IsSomeDifferent ? facts : null;

        void Add(Hook hook, ulong[] piece)
        {
            var one = _shadow.Compare(chain, key, [(hook, [piece])]);
            isOpen |= one.IsEmpty; // what calls the chain lets other packets in
            facts = facts.IsSomeDifferent ? facts with { IsSomeAlike = facts.IsSomeAlike || one.IsSomeAlike }
                : one with { IsSomeAlike = facts.IsSomeAlike || one.IsSomeAlike };
        }
    }

    /// <summary>Whether it is the interfaces that its hooks never have.</summary>
    private bool IsInterfaceWrong(SpaceChain chain, int rule, ImmutableArray<Hook> hooks)
    {
        var input = _rules.Layout[Packets.PacketField.InInterface].Index;
        var output = _rules.Layout[Packets.PacketField.OutInterface].Index;
        return hooks.Any(hook => Entries.At(hook).Any(box =>
        {
            var free = (ulong[])box.Clone();
            free[input] = _rules.Layout.Full[input];
            free[output] = _rules.Layout.Full[output];
            return MeetsRule(free, chain, rule, ignoresConnection: true);
        }));
    }
}
