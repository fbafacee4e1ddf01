using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Decides about a rule from its own chain as a list of boxes, without carrying packets.</summary>
/// <remarks>
/// Rules before it that decide about all that match them take their boxes away; what asks unknowns or calls chains takes
/// nothing for certain. So 'nothing is left' is a proof, and what is left is where to look. Serves one thread.
/// </remarks>
internal sealed class ListProver(SpaceRuleset rules, StepBudget budget)
{
    private const int MaxCauses = 24;
    private readonly Subtraction _subtraction = new(rules, budget);
    private readonly List<TestRange> _takers = [];
    private readonly bool[] _isStable = [.. rules.Chains.Select(chain => IsStable(rules, chain))];

    /// <summary>A part of a box that no rule before this one takes for certain; null where they cover it.</summary>
    public ulong[]? FindReached(SpaceChain chain, int rule, ulong[] box, IEnumerable<RuleKey> callers)
    {
        _takers.Clear();
        foreach (var caller in callers)
        {
            AddTakersBefore(rules.Chains[caller.Chain], caller.Rule, box);
        }
        AddTakersBefore(chain, rule, box);
        return _takers.Count == 0 ? box : _subtraction.FindRest(box, _takers);
    }

    /// <summary>Whether the chain's later rules, or its end, do to the rule's packets what it does.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="boxes">Packets that satisfy its options, and more at most.</param>
    /// <param name="isIdle">Whether a chain gives every packet back as it came.</param>
    public ListAnswer FindDifference(SpaceChain chain, int rule, List<ulong[]> boxes, Func<SpaceChain, bool> isIdle)
    {
        ref readonly var own = ref chain.Rows[chain.FindRule(rule)];
        if (!_isStable[chain.Symbol.Index] || !IsPlain(own.Kind))
        {
            return ListAnswer.Open;
        }
        var answer = ListAnswer.Open;
        foreach (var box in boxes)
        {
            answer = FindDifference(chain, rule, box, isIdle, null);
            if (answer.Kind != ListAnswerKind.Alike)
            {
                return answer;
            }
        }
        return answer;
    }

    /// <summary>The fewest rules, or the policy, that do in the rule's place what it does.</summary>
    public ImmutableArray<RuleKey> FindCauses(SpaceChain chain, int rule, List<ulong[]> boxes, Func<SpaceChain, bool> isIdle)
    {
        var index = chain.Symbol.Index;
        ref readonly var own = ref chain.Rows[chain.FindRule(rule)];
        var end = EndsAlike(chain, own) ? ImmutableArray.Create(new RuleKey(index, 0)) : [];
        if (Holds([]))
        {
            return end;
        }
        var candidates = boxes.SelectMany(box => Alike(chain, rule, box)).Distinct().Order().ToList();
        foreach (var one in candidates.Take(MaxCauses))
        {
            if (Holds([one]))
            {
                return [new RuleKey(index, one)];
            }
        }
        var kept = candidates.ToHashSet();
        foreach (var one in candidates.Take(MaxCauses))
        {
            kept.Remove(one);
            if (!Holds(kept))
            {
                kept.Add(one);
            }
        }
        return [.. kept.Order().Select(number => new RuleKey(index, number))];

        bool Holds(IReadOnlyCollection<int> causes) =>
            boxes.TrueForAll(box => FindDifference(chain, rule, box, isIdle, causes).Kind == ListAnswerKind.Alike);
    }

    /// <summary>The fewest earlier rules that take all of a rule's packets; a single one where one does.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="rule">A rule of which nothing is left.</param>
    /// <param name="boxes">Packets that satisfy its options, and more at most.</param>
    public ImmutableArray<RuleKey> FindCover(SpaceChain chain, int rule, List<ulong[]> boxes)
    {
        var numbers = new Dictionary<TestRange, int>();
        var used = new HashSet<TestRange>();
        foreach (var box in boxes)
        {
            foreach (var index in RowsBefore(chain, chain.FindRule(rule), box))
            {
                var row = chain.Rows[index];
                if (row.UnknownCount == 0 && IsPlain(row.Kind) && Meets(box, row))
                {
                    numbers.TryAdd(new TestRange(row.FirstTest, row.TestCount), row.RuleNumber);
                }
            }
        }
        foreach (var single in numbers.OrderBy(pair => pair.Value))
        {
            if (Covers([single.Key]))
            {
                return [new RuleKey(chain.Symbol.Index, single.Value)];
            }
        }
        var all = numbers.Keys.ToList();
        foreach (var box in boxes)
        {
            _subtraction.FindRest(box, all);
            used.UnionWith(_subtraction.Used);
        }
        var own = chain.Rows[chain.FindRule(rule)];
        var kept = used.Select(range => numbers[range]).ToHashSet();
        foreach (var number in kept.OrderBy(number => IsAlike(chain.Rows[chain.FindRule(number)], own) ? 0 : 1).ThenByDescending(number => number).Take(MaxCauses).ToList())
        {
            kept.Remove(number);
            if (!Covers([.. numbers.Where(pair => kept.Contains(pair.Value)).Select(pair => pair.Key)]))
            {
                kept.Add(number);
            }
        }
        return [.. kept.Order().Select(number => new RuleKey(chain.Symbol.Index, number))];

        bool Covers(List<TestRange> ranges) => boxes.TrueForAll(box => _subtraction.FindRest(box, ranges) is null);
    }

    /// <summary>For earlier rules that decide about some of a rule's packets: some of those packets.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="box">Packets that satisfy its options.</param>
    /// <param name="isIdle">Whether a chain gives every packet back as it came.</param>
    /// <param name="isWanted">Whether packets of rules that do the same (true), or something else, are still asked for.</param>
    /// <returns>False where the rules before it do more than a list can say.</returns>
    public bool FindTaken(
        SpaceChain chain, int rule, ulong[] box, Func<SpaceChain, bool> isIdle, Func<bool, bool> isWanted, Action<ulong[]> take)
    {
        var own = chain.Rows[chain.FindRule(rule)];
        if (!_isStable[chain.Symbol.Index] || !IsPlain(own.Kind))
        {
            return false;
        }
        foreach (var index in RowsBefore(chain, chain.FindRule(rule), box))
        {
            var row = chain.Rows[index];
            if (!Meets(box, row) || row.Kind == ActionKind.Continue || (row.Kind == ActionKind.Jump && isIdle(rules.Chains[row.Target])))
            {
                continue;
            }
            if (!IsPlain(row.Kind) || (row.Kind != own.Kind && (row.Kind == ActionKind.Return || own.Kind == ActionKind.Return)))
            {
                return false;
            }
            var isAlike = row.Kind == own.Kind && row.Target == own.Target;
            if (isWanted(isAlike) && FindLeft(chain, Common(box, row), index, null, null) is { } rest)
            {
                take(rest);
            }
        }
        return true;
    }

    private ListAnswer FindDifference(SpaceChain chain, int rule, ulong[] box, Func<SpaceChain, bool> isIdle, IReadOnlyCollection<int>? causes)
    {
        var own = chain.Rows[chain.FindRule(rule)];
        foreach (var index in RowsBehind(chain, own.NextRule, box))
        {
            ref readonly var row = ref chain.Rows[index];
            if (IsAlike(row, own) || IsWithoutEffect(row) || !Meets(box, row) || (row.Kind is ActionKind.Jump && isIdle(rules.Chains[row.Target])))
            {
                continue;
            }
            if (FindLeft(chain, Common(box, row), index, own, causes) is { } rest)
            {
                return new ListAnswer(ListAnswerKind.Different, rest);
            }
        }
        return !EndsAlike(chain, own) && FindLeft(chain, box, chain.Rows.Length, own, causes) is { } left
            ? new ListAnswer(ListAnswerKind.Different, left) : ListAnswer.Alike;
    }

    /// <summary>What gets to a row without the rule asked about: no earlier rule takes it, and behind that rule none that does the same.</summary>
    private ulong[]? FindLeft(SpaceChain chain, ulong[] box, int end, SpaceRow? own, IReadOnlyCollection<int>? causes)
    {
        _takers.Clear();
        foreach (var index in RowsBefore(chain, end, box))
        {
            ref readonly var row = ref chain.Rows[index];
            if (row.UnknownCount == 0 && IsPlain(row.Kind) && Meets(box, row)
                && (own is not { } rule || row.RuleNumber < rule.RuleNumber
                    || (row.RuleNumber > rule.RuleNumber && IsAlike(row, rule) && (causes is null || causes.Contains(row.RuleNumber)))))
            {
                _takers.Add(new TestRange(row.FirstTest, row.TestCount));
            }
        }
        return _takers.Count == 0 ? box : _subtraction.FindRest(box, _takers);
    }

    private static bool IsAlike(in SpaceRow row, in SpaceRow other) => row.Kind == other.Kind && row.Target == other.Target;

    private List<int> Alike(SpaceChain chain, int rule, ulong[] box)
    {
        var own = chain.Rows[chain.FindRule(rule)];
        return [.. RowsBehind(chain, own.NextRule, box).Select(index => chain.Rows[index])
            .Where(row => row.Kind == own.Kind && row.Target == own.Target && row.UnknownCount == 0 && Meets(box, row))
            .Select(row => row.RuleNumber)];
    }

    /// <summary>Whether the chain's end does to a packet what the rule does.</summary>
    private static bool EndsAlike(SpaceChain chain, in SpaceRow row) => row.Kind switch
    {
        ActionKind.Return => true,
        ActionKind.Accept => chain.Symbol is { Hook: not null, PolicyDrops: false },
        ActionKind.Drop => chain.Symbol is { Hook: not null, PolicyDrops: true },
        _ => false,
    };

    private static IEnumerable<int> RowsBehind(SpaceChain chain, int first, ulong[] box)
    {
        if (chain.Tree?.Find(box) is not { } rows)
        {
            return Enumerable.Range(first, chain.Rows.Length - first);
        }
        var start = Array.BinarySearch(rows, first);
        return rows.Skip(start < 0 ? ~start : start);
    }

    private void AddTakersBefore(SpaceChain chain, int rule, ulong[] box)
    {
        if (!_isStable[chain.Symbol.Index])
        {
            return;
        }
        foreach (var index in RowsBefore(chain, chain.FindRule(rule), box))
        {
            ref readonly var row = ref chain.Rows[index];
            if (row.UnknownCount == 0 && IsPlain(row.Kind) && Meets(box, row))
            {
                _takers.Add(new TestRange(row.FirstTest, row.TestCount));
            }
        }
    }

    private static IEnumerable<int> RowsBefore(SpaceChain chain, int end, ulong[] box) =>
        chain.Tree?.Find(box) is { } rows ? rows.TakeWhile(index => index < end) : Enumerable.Range(0, end);

    private bool Meets(ulong[] box, in SpaceRow row)
    {
        foreach (var (dimension, code) in rules.TestsOf(row))
        {
            if (Boxes.Meet(box[dimension], code, dimension < rules.Layout.NarrowCount) == Boxes.Nothing)
            {
                return false;
            }
        }
        return true;
    }

    private ulong[] Common(ulong[] box, in SpaceRow row)
    {
        var common = (ulong[])box.Clone();
        foreach (var (dimension, code) in rules.TestsOf(row))
        {
            common[dimension] = Boxes.Meet(common[dimension], code, dimension < rules.Layout.NarrowCount);
        }
        return common;
    }

    private bool IsWithoutEffect(in SpaceRow row) =>
        row.Kind == ActionKind.Continue && rules.Compiled.Actions[row.Target].Effect is null;

    /// <summary>Whether the action decides about every packet that matches, by itself.</summary>
    private static bool IsPlain(ActionKind kind) => kind is ActionKind.Accept or ActionKind.Drop or ActionKind.Reject or ActionKind.Return
        or ActionKind.Queue or ActionKind.Redirect or ActionKind.Dnat or ActionKind.Snat or ActionKind.Masquerade or ActionKind.Netmap;

    /// <summary>Whether a packet is the same in front of each of the chain's rules, so that their boxes speak of the same thing.</summary>
    private static bool IsStable(SpaceRuleset rules, SpaceChain chain)
    {
        var work = new Stack<SpaceChain>();
        var seen = new HashSet<int> { chain.Symbol.Index };
        work.Push(chain);
        while (work.TryPop(out var current))
        {
            foreach (ref readonly var row in current.Rows.AsSpan())
            {
                if (row.Kind is ActionKind.Jump or ActionKind.Goto)
                {
                    if (seen.Add(row.Target))
                    {
                        work.Push(rules.Chains[row.Target]);
                    }
                }
                else if (row.Kind is ActionKind.Notrack or ActionKind.Tproxy
                    || (row.Kind == ActionKind.Continue && rules.Compiled.Actions[row.Target].Effect is not (null or Effect.Log or Effect.Other)))
                {
                    return false;
                }
            }
        }
        return true;
    }
}
