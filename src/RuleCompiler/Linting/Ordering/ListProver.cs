using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RuleCompiler.DecisionTables;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Decides about a rule from its own chain as a list of boxes, without carrying packets.</summary>
/// <remarks>
/// Rules before it that decide about all that match them take their boxes away; what asks unknowns or calls chains takes
/// nothing for certain. So 'nothing is left' is a proof, and what is left is where to look. Serves one thread.
/// </remarks>
internal sealed class ListProver
{
    private readonly SpaceRuleset _rules;
    private readonly StepBudget _budget;
    private readonly Subtraction _subtraction;
    private readonly ListDifference _difference;
    private readonly RowNeighbours _neighbours;
    private readonly bool[] _isStable;
    private readonly List<TestRange> _takers = [];
    private readonly List<ListedRow> _listed = [];

    /// <param name="rules">The rules.</param>
    /// <param name="isStable">By chain: whether a packet is the same in front of each of its rules (<see cref="StableChains"/>).</param>
    /// <param name="budget">What a proof may cost.</param>
    public ListProver(SpaceRuleset rules, bool[] isStable, StepBudget budget)
    {
        (_rules, _isStable, _budget) = (rules, isStable, budget);
        _subtraction = new Subtraction(rules, budget);
        _difference = new ListDifference(rules, budget, _subtraction);
        _neighbours = new RowNeighbours(rules);
    }

    /// <summary>A part of a box that no rule before this one takes for certain; null where they cover it.</summary>
    public ulong[]? FindReached(SpaceChain chain, int rule, ulong[] box, IEnumerable<RuleKey> callers)
    {
        if (HolderOf(chain, rule, box) is not null)
        {
            return null;
        }
        _takers.Clear();
        foreach (var caller in callers)
        {
            AddTakersBefore(_rules.Chains[caller.Chain], caller.Rule, box);
        }
        AddTakersBefore(chain, rule, box);
        return _takers.Count == 0 ? box : _subtraction.FindRest(box, _takers);
    }

    /// <summary>Whether the chain's list can say anything about what a rule is needed for.</summary>
    public bool CanCompare(SpaceChain chain, int rule) => _isStable[chain.Symbol.Index] && IsPlain(chain.Rows[chain.FindRule(rule)].Kind);

    /// <summary>Whether the chain's later rules, or its end, do to the rule's packets what it does.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="rule">A rule that <see cref="CanCompare"/> names.</param>
    /// <param name="boxes">Packets that satisfy its options, and more at most.</param>
    /// <param name="isIdle">Whether a chain gives every packet back as it came.</param>
    public ListAnswer FindDifference(SpaceChain chain, int rule, List<ulong[]> boxes, Func<SpaceChain, bool> isIdle)
    {
        var answer = ListAnswer.Open;
        foreach (var box in boxes)
        {
            answer = FindDifference(chain, rule, box, isIdle, null) is { } found
                ? new ListAnswer(ListAnswerKind.Different, found) : ListAnswer.Alike;
            if (answer.Kind != ListAnswerKind.Alike)
            {
                return answer;
            }
        }
        return answer;
    }

    /// <summary>The rules, or the policy, that do in the rule's place what it does: one where one does, else none that is superfluous.</summary>
    public ImmutableArray<RuleKey> FindCauses(SpaceChain chain, int rule, List<ulong[]> boxes, Func<SpaceChain, bool> isIdle)
    {
        var index = chain.Symbol.Index;
        var own = chain.Rows[chain.FindRule(rule)];
        if (Missing([]) is not { } missing)
        {
            return EndsAlike(chain, own) ? [new RuleKey(index, 0)] : [];
        }
        var candidates = new Dictionary<int, List<SpaceRow>>();
        var used = new HashSet<int>();
        foreach (var box in boxes)
        {
            FindDifference(chain, rule, box, isIdle, null);
            foreach (var row in RowsBehind(chain, rule, box))
            {
                if (IsAlike(chain.Rows[row], own) && chain.Rows[row].UnknownCount == 0)
                {
                    (CollectionsMarshal.GetValueRefOrAddDefault(candidates, chain.Rows[row].RuleNumber, out _) ??= []).Add(chain.Rows[row]);
                    if (_difference.Used.Contains(RangeOf(chain.Rows[row])))
                    {
                        used.Add(chain.Rows[row].RuleNumber);
                    }
                }
            }
        }
        var cover = new MinimalCover(_budget, Missing).Find([.. candidates.Keys.Order()], [.. used.OrderDescending()], missing, HasPoint);
        return [.. cover.Order().Select(number => new RuleKey(index, number))];

        ulong[]? Missing(IReadOnlyCollection<int> causes) =>
            PointOf(boxes.Select(box => FindDifference(chain, rule, box, isIdle, causes)).FirstOrDefault(found => found is not null));

        bool HasPoint(int number, ulong[] point) => candidates[number].Exists(row => Boxes.Meets(point, _rules.TestsOf(row), _rules.Layout.NarrowCount));
    }

    /// <summary>The earlier rules that take all of a rule's packets: one where one does, else none that is superfluous.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="rule">A rule of which nothing is left.</param>
    /// <param name="boxes">Packets that satisfy its options, and more at most.</param>
    public ImmutableArray<RuleKey> FindCover(SpaceChain chain, int rule, List<ulong[]> boxes)
    {
        var index = chain.Symbol.Index;
        if (FindHolder(chain, rule, boxes) is { } holder)
        {
            return [new RuleKey(index, holder)];
        }
        var own = chain.Rows[chain.FindRule(rule)];
        var rows = new Dictionary<int, List<SpaceRow>>();
        foreach (var box in boxes)
        {
            foreach (var number in RowsBefore(chain, rule, box))
            {
                var row = chain.Rows[number];
                if (row.UnknownCount == 0 && IsPlain(row.Kind))
                {
                    (CollectionsMarshal.GetValueRefOrAddDefault(rows, row.RuleNumber, out _) ??= []).Add(row);
                }
            }
        }
        if (Missing([]) is not { } missing)
        {
            return [];
        }
        var used = new HashSet<TestRange>();
        foreach (var box in boxes)
        {
            _subtraction.FindRest(box, TestsOf(rows.Keys));
            used.UnionWith(_subtraction.Used);
        }
        // What does the same as the rule goes first: a rule that does something else says more.
        var candidates = rows.Where(pair => pair.Value.Exists(row => used.Contains(RangeOf(row))))
            .OrderBy(pair => IsAlike(pair.Value[0], own) ? 1 : 0).ThenBy(pair => pair.Key).Select(pair => pair.Key);
        var cover = new MinimalCover(_budget, Missing).Find([], [.. candidates], missing, HasPoint);
        return [.. cover.Order().Select(number => new RuleKey(index, number))];

        ulong[]? Missing(IReadOnlyCollection<int> takers)
        {
            var ranges = TestsOf(takers);
            return PointOf(boxes.Select(box => _subtraction.FindRest(box, ranges)).FirstOrDefault(rest => rest is not null));
        }

        List<TestRange> TestsOf(IReadOnlyCollection<int> numbers) => [.. numbers.SelectMany(number => rows[number]).Select(RangeOf).Distinct()];

        bool HasPoint(int number, ulong[] point) => rows[number].Exists(row => Boxes.Meets(point, _rules.TestsOf(row), _rules.Layout.NarrowCount));
    }

    /// <summary>The first earlier rule that takes all packets of every box by itself.</summary>
    private int? FindHolder(SpaceChain chain, int rule, List<ulong[]> boxes)
    {
        if (boxes is not [var first, ..])
        {
            return null;
        }
        foreach (var index in RowsAtCorner(chain, rule, first))
        {
            if (Holds(first, chain.Rows[index]) && boxes.TrueForAll(box => HoldsByRule(box, chain, chain.Rows[index].RuleNumber)))
            {
                return chain.Rows[index].RuleNumber;
            }
        }
        return null;
    }

    private bool HoldsByRule(ulong[] box, SpaceChain chain, int rule)
    {
        for (var row = chain.FindRule(rule); row < chain.Rows.Length && chain.Rows[row].RuleNumber == rule; row++)
        {
            if (Holds(box, chain.Rows[row]))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether a row takes a whole box for certain.</summary>
    private bool Holds(ulong[] box, in SpaceRow row) =>
        row.UnknownCount == 0 && IsPlain(row.Kind) && Boxes.Narrowed(box, _rules.TestsOf(row), _rules.Layout.NarrowCount) == 0;

    /// <summary>For earlier rules that decide about some of a rule's packets: some of those packets.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="box">Packets that satisfy its options.</param>
    /// <param name="isIdle">Whether a chain gives every packet back as it came.</param>
    /// <param name="isWanted">Whether packets of rules that do the same (true), or something else, are still asked for.</param>
    /// <param name="take">Takes the packets.</param>
    /// <returns>False where the rules before it do more than a list can say.</returns>
    public bool FindTaken(
        SpaceChain chain, int rule, ulong[] box, Func<SpaceChain, bool> isIdle, Func<bool, bool> isWanted, Action<ulong[]> take)
    {
        var own = chain.Rows[chain.FindRule(rule)];
        if (!_isStable[chain.Symbol.Index] || !IsPlain(own.Kind))
        {
            return false;
        }
        _takers.Clear();
        foreach (var index in _neighbours.Before(chain, rule, box, HolderOf(chain, rule, box) is { } holder ? holder + 1 : chain.FindRule(rule)))
        {
            var row = chain.Rows[index];
            if (!Boxes.Meets(box, _rules.TestsOf(row), _rules.Layout.NarrowCount) || row.Kind == ActionKind.Continue || (row.Kind == ActionKind.Jump && isIdle(_rules.Chains[row.Target])))
            {
                continue;
            }
            if (!IsPlain(row.Kind) || (row.Kind != own.Kind && (row.Kind == ActionKind.Return || own.Kind == ActionKind.Return)))
            {
                return false;
            }
            if (isWanted(IsAlike(row, own))
                && _subtraction.FindRest(Boxes.Common(box, _rules.TestsOf(row), _rules.Layout.NarrowCount), _takers) is { } rest)
            {
                take(rest);
            }
            if (row.UnknownCount == 0)
            {
                _takers.Add(RangeOf(row));
                if (Boxes.Narrowed(box, _rules.TestsOf(row), _rules.Layout.NarrowCount) == 0)
                {
                    return true; // the rules behind it take nothing
                }
            }
        }
        return true;
    }

    /// <summary>Where a packet of a box is treated otherwise without the rule; null where none is.</summary>
    private ulong[]? FindDifference(SpaceChain chain, int rule, ulong[] box, Func<SpaceChain, bool> isIdle, IReadOnlyCollection<int>? causes)
    {
        var first = chain.FindRule(rule);
        var own = chain.Rows[first];
        _listed.Clear();
        foreach (var index in _neighbours.Of(chain, rule, box))
        {
            ref readonly var row = ref chain.Rows[index];
            var isCertain = row.UnknownCount == 0 && IsPlain(row.Kind);
            if (index < first)
            {
                if (isCertain)
                {
                    _listed.Add(new ListedRow(RangeOf(row), ListedRole.Before, IsCertain: true));
                }
            }
            else if (index < own.NextRule || IsWithoutEffect(row) || (row.Kind == ActionKind.Jump && isIdle(_rules.Chains[row.Target])))
            {
                continue;
            }
            else if (!IsAlike(row, own))
            {
                _listed.Add(new ListedRow(RangeOf(row), ListedRole.Different, isCertain));
            }
            else if (isCertain && (causes is null || causes.Contains(row.RuleNumber)))
            {
                _listed.Add(new ListedRow(RangeOf(row), ListedRole.Alike, IsCertain: true));
            }
        }
        return _difference.Find(box, _listed, EndsAlike(chain, own));
    }

    private ulong[]? PointOf(ulong[]? box) => box is null ? null : CornerOf(box);

    private ulong[] CornerOf(ulong[] box)
    {
        var corner = new ulong[box.Length];
        Corners.Choose(_rules.Layout, box, 0, corner);
        return corner;
    }

    private static bool IsAlike(in SpaceRow row, in SpaceRow other) => row.Kind == other.Kind && row.Target == other.Target;

    private static TestRange RangeOf(SpaceRow row) => new(row.FirstTest, row.TestCount);

    /// <summary>Whether the chain's end does to a packet what the rule does.</summary>
    private static bool EndsAlike(SpaceChain chain, in SpaceRow row) => row.Kind switch
    {
        ActionKind.Return => true,
        ActionKind.Accept => chain.Symbol is { Hook: not null, PolicyDrops: false },
        ActionKind.Drop => chain.Symbol is { Hook: not null, PolicyDrops: true },
        _ => false,
    };

    /// <summary>The first row before a rule that takes a whole box; null where none does, and in a short chain.</summary>
    private int? HolderOf(SpaceChain chain, int rule, ulong[] box)
    {
        if (!_isStable[chain.Symbol.Index] || chain.Tree is null)
        {
            return null;
        }
        foreach (var index in RowsAtCorner(chain, rule, box))
        {
            if (Holds(box, chain.Rows[index]))
            {
                return index;
            }
        }
        return null;
    }

    /// <summary>Rows before a rule, among which are all that take a whole box: in a long chain the few that may meet a corner of it.</summary>
    private ReadOnlySpan<int> RowsAtCorner(SpaceChain chain, int rule, ulong[] box)
    {
        var first = chain.FindRule(rule);
        return chain.Tree?.Find(CornerOf(box), first) ?? [.. Enumerable.Range(0, first)];
    }

    private void AddTakersBefore(SpaceChain chain, int rule, ulong[] box)
    {
        if (!_isStable[chain.Symbol.Index])
        {
            return;
        }
        foreach (var index in RowsBefore(chain, rule, box))
        {
            ref readonly var row = ref chain.Rows[index];
            if (row.UnknownCount == 0 && IsPlain(row.Kind))
            {
                _takers.Add(RangeOf(row));
            }
        }
    }

    private ReadOnlySpan<int> RowsBefore(SpaceChain chain, int rule, ulong[] box)
    {
        var rows = _neighbours.Of(chain, rule, box);
        return rows[..PlaceOf(rows, chain.FindRule(rule))];
    }

    private ReadOnlySpan<int> RowsBehind(SpaceChain chain, int rule, ulong[] box)
    {
        var rows = _neighbours.Of(chain, rule, box);
        return rows[PlaceOf(rows, chain.Rows[chain.FindRule(rule)].NextRule)..];
    }

    /// <summary>How many of some rows, which go upward, come before a row.</summary>
    private static int PlaceOf(ReadOnlySpan<int> rows, int row) => rows.BinarySearch(row) is var place && place < 0 ? ~place : place;

    private bool IsWithoutEffect(in SpaceRow row) =>
        row.Kind == ActionKind.Continue && _rules.Compiled.Actions[row.Target].Effect is null;

    /// <summary>Whether the action decides about every packet that matches, by itself.</summary>
    private static bool IsPlain(ActionKind kind) => kind is ActionKind.Accept or ActionKind.Drop or ActionKind.Reject or ActionKind.Return
        or ActionKind.Queue or ActionKind.Redirect or ActionKind.Dnat or ActionKind.Snat or ActionKind.Masquerade or ActionKind.Netmap;
}
