using System.Globalization;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diffing.Overlay;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Compares two dumps in one family.</summary>
/// <remarks>
/// In two steps. <see cref="SuspectFinder"/> lays the rules of each table at each hook over each other, and leaves only boxes
/// in which it sees a difference, or more than it can see. <see cref="CellComparison"/> then carries these, and nothing else,
/// on their whole way through both dumps. Unknowns of rules that hang on history are shared by both sides at first; where a way
/// shows that other packets reach one of the two, all is done again with unknowns of their own.
/// </remarks>
internal sealed class FamilyDiff
{
    private const int MaxBoxes = 1_000_000;

    private readonly DiffSide _old;
    private readonly DiffSide _new;
    private readonly DiffOptions _options;
    private readonly StepBudget _budget;
    private readonly SpaceLayout _layout;
    private readonly JourneySpace _space;
    private readonly bool _hasFragments;
    private readonly (LostPackets Old, LostPackets New) _losses;
    private readonly bool _loseAlike;
    private readonly RulePairs _pairs;
    private readonly Dictionary<string, DiffGroup> _groups = [];
    private UnknownTable _unknowns = new();
    private RegionWriter? _writer;

    public FamilyDiff(DiffSide before, DiffSide after, DiffOptions options, CancellationToken cancellation)
    {
        _old = before;
        _new = after;
        _options = options;
        _budget = new StepBudget(long.MaxValue, cancellation);
        _layout = JourneyWalker.LayoutOf([before.Rules, after.Rules], [before.Host, after.Host], LostPackets.ConditionsOf([before.Host, after.Host], [before.Rules, after.Rules]));
        _hasFragments = !before.GathersFragments || !after.GathersFragments;
        _space = new JourneySpace(_layout, _hasFragments);
        _pairs = new RulePairs(before, after);
        _losses = (new LostPackets(_layout, _space, before.Host), new LostPackets(_layout, _space, after.Host));
        _loseAlike = LostPackets.LoseAlike(before.Host, after.Host, _layout.Family);
    }

    /// <summary>Whether any packet was found that is treated otherwise.</summary>
    public bool Differs => _groups.Count > 0;

    /// <summary>Compares.</summary>
    /// <param name="maxRegions">Most regions to look for.</param>
    /// <returns>What there was too much of to go on; null where all was compared.</returns>
    /// <exception cref="OperationCanceledException">Time is up; what was found until then is kept.</exception>
    public string? Run(int maxRegions)
    {
        while (true)
        {
            _groups.Clear();
            var dissolved = new HashSet<int>();
            var excess = Compare(maxRegions, dissolved);
            if (dissolved.Count == 0)
            {
                ForgetLost();
                return excess;
            }
            foreach (var pair in dissolved)
            {
                _pairs.Dissolve(pair);
            }
        }
    }

    /// <summary>The regions found.</summary>
    public IEnumerable<DiffRegion> Regions()
    {
        return AssumptionMerger.Merge(
            _groups.Values.Select(Writer().Write),
            region => (region.Hook, region.Old, region.New, string.Join('\n', region.Space)),
            region => region.Assumptions,
            (region, assumptions) => region with { Assumptions = assumptions }).Select(region => region.Completed());
    }

    private RegionWriter Writer() => _writer ??= new RegionWriter(_layout, _space, _old, _new, _losses, _unknowns, _options.CountsLogs);

    /// <summary>
    /// What routing loses on both sides is no difference, whatever rules do to it until then. Not where logs count, which may have been written before; nor where one
    /// region is enough, since others were not looked for then.
    /// </summary>
    private void ForgetLost()
    {
        if (_options.CountsLogs || _options.StopsAtFirst)
        {
            return;
        }
        foreach (var (key, group) in _groups.ToList())
        {
            if (IsLost(group))
            {
                _groups.Remove(key);
            }
        }
    }

    private bool IsLost(DiffGroup group) => !group.First.Old.IsLost && !group.First.New.IsLost
        && group.Boxes.TrueForAll(box => _losses.Old.Hold(group.First.Old, box) && _losses.New.Hold(group.First.New, box));

    private string? Compare(int maxRegions, HashSet<int> dissolved)
    {
        _writer = null;
        _unknowns = new UnknownTable();
        var rulesets = new SpaceRuleset[2];
        Parallel.For(0, rulesets.Length, i => rulesets[i] = i == 0
            ? new SpaceRuleset(_old.Rules, _layout, _unknowns, _pairs.OldName) : new SpaceRuleset(_new.Rules, _layout, _unknowns, _pairs.NewName));
        var (before, after) = (rulesets[0], rulesets[1]);
        var comparer = new OutcomeComparer(_layout, _options.CountsLogs, countsIdleRewrites: false);
        var comparison = new CellComparison(
            new JourneyWalker(before, _space, _old.Host, _budget),
            new JourneyWalker(after, _space, _new.Host, _budget),
            comparer,
            _losses)
        {
            LoseAlike = _loseAlike,
            Seen = (old, other) => FindUneven(old, other, dissolved),
        };
        var boxes = 0;
        string? excess = null;
        Suspect(before, after, Look);
        return excess;

        // False ends the work: more regions than asked for, one where one is enough, or pairs of rules that are none.
        bool Look(ulong[] suspect)
        {
            foreach (var pair in comparison.Differing(suspect))
            {
                var key = DiffGroup.KeyOf(pair, _unknowns, comparer);
                if (_groups.TryGetValue(key, out var group))
                {
                    group.Add(pair);
                }
                else if (_groups.Count == maxRegions)
                {
                    // Those under other outcomes of unknowns may turn out to be one, but not before all are known.
                    excess = string.Create(
                        CultureInfo.InvariantCulture,
                        $"more than {_options.MaxRegions:N0} regions differ{(_unknowns.All().Length > 0 ? ", each outcome of unknowns counted" : "")}");
                    return false;
                }
                else
                {
                    _groups.Add(key, new DiffGroup(pair, _layout));
                }
                if (++boxes > MaxBoxes)
                {
                    excess = string.Create(CultureInfo.InvariantCulture, $"what differs falls into more than {MaxBoxes:N0} parts");
                    return false;
                }
                if (_options.StopsAtFirst)
                {
                    return false;
                }
            }
            return dissolved.Count == 0;
        }
    }

    private void Suspect(SpaceRuleset before, SpaceRuleset after, Func<ulong[], bool> look)
    {
        if (AreAlikeFor(before.Compiled) && AreAlikeFor(after.Compiled))
        {
            new SuspectFinder(
                before, after, _space, new EntrySpace(_layout, _hasFragments), _options.CountsLogs, routesByMark: !_old.Host.Rules.IsEmpty, _budget)
                .Run(_loseAlike ? [] : _losses.Old.Unlike(_losses.New), look);
        }
        else
        {
            _ = Array.TrueForAll(_space.Boxes, box => look([.. box]));
        }
    }

    /// <summary>
    /// Whether both machines give packets the same addresses and sockets of their own, and new destinations and marks lead to the same place.
    /// </summary>
    private bool AreAlikeFor(CompiledRuleset rules)
    {
        if (ReferenceEquals(_old.Host, _new.Host))
        {
            return true;
        }
        if (_old.Host.Forwarding != _new.Host.Forwarding)
        {
            return false;
        }
        var hasRules = !_old.Host.Rules.IsEmpty || !_new.Host.Rules.IsEmpty;
        if (hasRules || Array.Exists(rules.Actions, action => action.Kind is ActionKind.Masquerade or ActionKind.Redirect or ActionKind.Tproxy))
        {
            return _old.Host.Rules.SequenceEqual(_new.Host.Rules) && _old.Host.Routes.SequenceEqual(_new.Host.Routes)
                && _old.Host.Interfaces.Select(Text).SequenceEqual(_new.Host.Interfaces.Select(Text)) && _old.Host.Sockets.SequenceEqual(_new.Host.Sockets);
        }
        var (before, after) = (Routing.Of(_old.Host), Routing.Of(_new.Host));
        return Array.TrueForAll(rules.Actions, action => action.Effect is not Effect.Translate { Low: { } address }
            || (before.Find(address, 0).Kind == after.Find(address, 0).Kind && before.Find(address, 0).Interface == after.Find(address, 0).Interface));

        static string Text(HostInterface device) => $"{device.Name} {string.Join(' ', device.Addresses)}";
    }

    /// <summary>Pairs of rules that the same packets have met a different number of times.</summary>
    private void FindUneven(Assumed? old, Assumed? other, HashSet<int> dissolved)
    {
        if (old is null && other is null)
        {
            return;
        }
        var counts = new Dictionary<int, int>();
        Count(old, 1);
        Count(other, -1);
        foreach (var (pair, count) in counts)
        {
            if (count != 0)
            {
                dissolved.Add(pair);
            }
        }

        void Count(Assumed? assumed, int step)
        {
            for (; assumed is not null; assumed = assumed.Before)
            {
                if (RulePairs.PairOf(_unknowns[assumed.Variable]) is { } pair)
                {
                    counts[pair] = counts.GetValueOrDefault(pair) + step;
                }
            }
        }
    }
}
