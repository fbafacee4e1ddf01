using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Finds packets that get to a rule.</summary>
/// <remarks>Serves one thread.</remarks>
internal sealed class ArrivalFinder(
    SpaceRuleset rules, CallGraph calls, TargetBoxes boxes, WayFinder ways, ListProver lists, CellWalker[] walkers)
{
    private const int MaxCompared = 64;
    private const int CalledProbes = 16;
    private const int MaxCalledDepth = 4;

    private readonly List<Way> _ways = [];
    private List<(Hook Hook, List<ulong[]> Boxes)> _limited = [];
    private RuleKey? _limitedTo;
    private readonly DifferenceGuesser _guesser = new(rules);
    private readonly ulong[] _point = new ulong[rules.Layout.Count];
    private ImmutableArray<Hook> _hooks = [];
    private int _chain = -1;
    private bool _areWaysComplete;
    private bool? _isMetOnce;

    /// <summary>The boxes that lead to a chain, once for all its rules.</summary>
    public void Begin(SpaceChain chain)
    {
        if (_chain == chain.Symbol.Index)
        {
            return;
        }
        _chain = chain.Symbol.Index;
        _hooks = calls.HooksOf(_chain);
        _ways.Clear();
        (_limitedTo, _isMetOnce) = (null, null);
        _areWaysComplete = true;
        foreach (var hook in _hooks)
        {
            var found = ways.To(chain, hook);
            _ways.AddRange(found.Known);
            _areWaysComplete &= found.AreAll;
        }
    }

    /// <summary>The ways to the chain, as far as they are followed; boxes that only may lead there.</summary>
    public ReadOnlySpan<Way> Entering => CollectionsMarshal.AsSpan(_ways);

    /// <summary>Whether no packet can get to the chain twice in one hook; false where that is not known.</summary>
    public bool IsMetOnce => _isMetOnce ??= _areWaysComplete && !Enumerable.Range(0, _ways.Count).Any(i => _ways.Take(i).Any(way => AreAlike(way, _ways[i])));

    /// <summary>The boxes of entering packets that may get to a rule, hook by hook; not to be changed.</summary>
    public IReadOnlyList<(Hook Hook, List<ulong[]> Boxes)> Ways(SpaceChain chain, RuleKey key)
    {
        if (_limitedTo != key)
        {
            (_limitedTo, _limited) = (key, []);
            foreach (var hook in _hooks)
            {
                Limit(chain, key, hook);
            }
        }
        return _limited;
    }

    /// <summary>Whether a packet may take both ways.</summary>
    private bool AreAlike(Way one, Way other) => one.Hook == other.Hook
        && one.Boxes.Exists(box => other.Boxes.Exists(another => Boxes.Overlap(box, another, rules.Layout.NarrowCount)));

    private void Limit(SpaceChain chain, RuleKey key, Hook hook)
    {
        if (!_areWaysComplete)
        {
            Add(hook, boxes.Limit([.. boxes.EnteringFor(hook, chain.Symbol.Table)], hook, chain, key.Rule, chain.Symbol.Table));
            return;
        }
        foreach (var way in _ways)
        {
            if (way.Hook == hook)
            {
                Add(hook, boxes.Limit(way.Boxes, hook, chain, key.Rule, chain.Symbol.Table));
            }
        }
    }

    /// <summary>Ways by several calls from one chain mostly lead there with the same packets.</summary>
    private void Add(Hook hook, List<ulong[]> added)
    {
        if (_limited is not [.., var (last, all)] || last != hook)
        {
            if (added.Count > 0)
            {
                _limited.Add((hook, added));
            }
            return;
        }
        all = [.. all];
        foreach (var box in added)
        {
            if (all.Count > MaxCompared || !all.Exists(other => Boxes.Holds(other, box, rules.Layout.NarrowCount)))
            {
                all.Add(box);
            }
        }
        _limited[^1] = (hook, all);
    }

    /// <summary>
    /// A cell that gets to the rule. First the parts of its box that no rule on the way takes for certain; only where
    /// unknowns or calls come between are cells carried through all of the hook.
    /// </summary>
    /// <param name="chain">The rule's chain, the one last given to <see cref="Begin"/>.</param>
    /// <param name="key">The rule.</param>
    /// <param name="isLocal">Whether rules of the chain, and those that it calls, keep all packets away.</param>
    /// <param name="isCovered">Whether rules of the chain alone do.</param>
    public (Hook Hook, Cell? Cell) Find(SpaceChain chain, RuleKey key, out bool isLocal, out bool isCovered)
    {
        isLocal = true;
        isCovered = false;
        var left = new List<(Hook Hook, ulong[] Box)>();
        foreach (var hook in _hooks)
        {
            foreach (var box in boxes.OfRule(hook, chain, key.Rule))
            {
                if (lists.FindReached(chain, key.Rule, box, []) is { } rest)
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
        foreach (var (hook, path, entering) in _ways)
        {
            foreach (var box in boxes.Limit(entering, hook, chain, key.Rule, chain.Symbol.Table))
            {
                if (lists.FindReached(chain, key.Rule, box, path) is { } rest)
                {
                    isOpen = true;
                    if (FirstHit(hook, rest, key) is { } cell)
                    {
                        return (hook, cell);
                    }
                }
            }
        }
        isLocal = LocalHit(chain, key) is null;
        return isLocal || !isOpen ? default : FindHit(chain, key);
    }

    /// <summary>Tries corners of the rule's box; the first that gets to the rule, alone in its cell.</summary>
    public IEnumerable<(Hook Hook, Cell Cell)> Probe(SpaceChain chain, RuleKey key)
    {
        var tries = 0;
        foreach (var (hook, _, entering) in _ways)
        {
            foreach (var box in boxes.LimitOneByOne(entering, hook, chain, key.Rule, chain.Symbol.Table))
            {
                for (var probe = 0; probe < Corners.Count; probe++)
                {
                    if (FirstHit(hook, PointOf(box, probe), key) is { } cell)
                    {
                        yield return (hook, cell);
                    }
                }
                if (++tries > 2 * Corners.Count)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>Tries packets that a long chain seems to treat otherwise without the rule.</summary>
    /// <param name="chain">The rule's chain, the one last given to <see cref="Begin"/>.</param>
    /// <param name="key">The rule.</param>
    public IEnumerable<(Hook Hook, Cell Cell)> ProbeDifference(SpaceChain chain, RuleKey key)
    {
        if (!DifferenceGuesser.IsFor(chain))
        {
            yield break;
        }
        foreach (var (hook, _, entering) in _ways)
        {
            foreach (var point in boxes.LimitOneByOne(entering, hook, chain, key.Rule, chain.Symbol.Table)
                .SelectMany(box => _guesser.Guess(chain, key.Rule, box)))
            {
                if (FirstHit(hook, point, key) is { } cell)
                {
                    yield return (hook, cell);
                }
            }
        }
    }

    /// <summary>Boxes of what a called chain's rules ask for: what a jump is needed for is seldom a corner of its own box.</summary>
    /// <param name="chain">The rule's chain, the one last given to <see cref="Begin"/>.</param>
    /// <param name="key">A rule that calls a chain.</param>
    public IEnumerable<(Way Way, ulong[] Box)> BoxesCalled(SpaceChain chain, RuleKey key)
    {
        var target = rules.Chains[chain.Rows[chain.FindRule(key.Rule)].Target];
        if (Array.TrueForAll(target.Rows, row => row.Kind == ActionKind.Continue))
        {
            yield break;
        }
        foreach (var way in _ways)
        {
            foreach (var box in boxes.Limit(way.Boxes, way.Hook, chain, key.Rule, chain.Symbol.Table).Take(CalledProbes)
                .SelectMany(box => BoxesIn(target, box, MaxCalledDepth)).Take(CalledProbes))
            {
                yield return (way, box);
            }
        }
    }

    /// <summary>The parts of a box that some rules of a chain decide about, in the chain or further down.</summary>
    private IEnumerable<ulong[]> BoxesIn(SpaceChain chain, ulong[] box, int depth)
    {
        foreach (var row in chain.Rows.Where(row => row.Kind != ActionKind.Continue).Take(CalledProbes))
        {
            foreach (var met in boxes.Guess(box, chain, row.RuleNumber))
            {
                if (row.Kind is not (ActionKind.Jump or ActionKind.Goto))
                {
                    yield return met;
                }
                else if (depth > 0)
                {
                    foreach (var further in BoxesIn(rules.Chains[row.Target], met, depth - 1))
                    {
                        yield return further;
                    }
                }
            }
        }
    }

    /// <summary>A cell of a box that gets to a rule.</summary>
    public Cell? FirstHit(Hook hook, ulong[] box, RuleKey key)
    {
        var walker = walkers[(int)hook];
        walker.Clear();
        LookFor(key, walker, hook);
        walker.Enter(box);
        return NextHit(walker);
    }

    private void LookFor(RuleKey key, CellWalker walker, Hook hook)
    {
        walker.Target = key;
        walker.LastStage = rules.StageOf(hook, rules.Chains[key.Chain].Symbol.Table);
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

    /// <returns>The corner, until another is asked for.</returns>
    public ulong[] PointOf(ulong[] box, int probe)
    {
        Corners.Choose(rules.Layout, box, probe, _point);
        return _point;
    }

    /// <summary>Whether, looked at by itself, the chain lets a packet get to the rule: if not, no way to the chain can help.</summary>
    private Cell? LocalHit(SpaceChain chain, RuleKey key)
    {
        foreach (var hook in _hooks)
        {
            var walker = walkers[(int)hook];
            foreach (var box in boxes.OfRule(hook, chain, key.Rule))
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

    private (Hook Hook, Cell? Cell) FindHit(SpaceChain chain, RuleKey key)
    {
        foreach (var (hook, cell) in Hits(chain, key))
        {
            return (hook, cell);
        }
        return default;
    }

    /// <summary>Every cell of packets that match the rule.</summary>
    /// <param name="chain">The rule's chain, the one last given to <see cref="Begin"/>.</param>
    /// <param name="key">The rule.</param>
    /// <param name="wish">What is to be otherwise than it is.</param>
    public IEnumerable<(Hook Hook, Cell Cell)> Hits(SpaceChain chain, RuleKey key, Action<CellWalker>? wish = null)
    {
        foreach (var (hook, limited) in Ways(chain, key))
        {
            var walker = walkers[(int)hook];
            foreach (var box in limited)
            {
                walker.Clear();
                LookFor(key, walker, hook);
                wish?.Invoke(walker);
                walker.Enter(box);
                while (NextHit(walker) is { } cell)
                {
                    yield return (hook, cell);
                }
            }
        }
    }
}
