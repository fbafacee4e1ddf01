using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Says of all packets of a space what becomes of them, on their whole way through the host.</summary>
/// <remarks>Serves one thread.</remarks>
internal sealed class SpaceSearch
{
    private readonly SpaceRuleset _rules;
    private readonly JourneyWalker _walker;
    private readonly OutcomeComparer _comparer;
    private readonly JourneySpace _space;
    private readonly RewriteSplitter _rewrites;
    private readonly KindFilter? _kind;
    private readonly LostPackets _lost;
    private readonly SpaceBinder _binder;
    private readonly Dictionary<SpaceExpression, ImmutableArray<(Condition Condition, SettledUnknowns? Settled)>> _spaces = [];

    /// <param name="rules">The rules.</param>
    /// <param name="host">The machine, which says where new destinations lead.</param>
    /// <param name="spaces">Every space that will be asked about.</param>
    /// <param name="budget">What all of it may cost.</param>
    /// <param name="kind">The only kind of packets that is asked for; null for all.</param>
    /// <param name="distinctions">What else answers are to be told apart by.</param>
    public SpaceSearch(
        CompiledRuleset rules,
        HostFacts host,
        IEnumerable<SpaceExpression> spaces,
        StepBudget budget,
        IPacketKind? kind = null,
        IEnumerable<Condition>? distinctions = null)
    {
        _binder = new SpaceBinder(rules, host);
        rules = KnownFacts.Decide(rules, host);
        var known = spaces.ToList();
        Layout = JourneyWalker.LayoutOf(
            [rules],
            [host],
            [
                .. known.SelectMany(space => _binder.Bind(space)).Select(alternative => alternative.Condition),
                .. kind is null ? [] : KindFilter.ConditionsOf(kind), .. distinctions ?? [],
            ]);
        _rules = new SpaceRuleset(rules, Layout, new UnknownTable());
        _space = new JourneySpace(Layout, hasFragments: !rules.GathersFragmentsOn(host));
        _lost = new LostPackets(Layout, _space, host);
        _walker = new JourneyWalker(_rules, _space, host, budget);
        _comparer = new OutcomeComparer(Layout, countsLogs: false, countsIdleRewrites: false);
        _rewrites = new RewriteSplitter(_comparer, OutcomeComparer.Addresses);
        _kind = kind is null ? null : new KindFilter(_comparer, _space, kind);
        Universe = _space.Boxes;
        Witnesses = new WitnessPicker(Layout, host);
    }

    /// <summary>The rules, with what the machine tells of them decided.</summary>
    public SpaceRuleset Rules => _rules;

    /// <summary>The dimensions of the answers.</summary>
    public SpaceLayout Layout { get; }

    /// <summary>All packets that can be.</summary>
    public ulong[][] Universe { get; }

    /// <summary>Makes packets of answers.</summary>
    public WitnessPicker Witnesses { get; }

    /// <summary>The packets of a space, in disjoint parts that go one way each, under each outcome of the unknowns that they meet.</summary>
    /// <param name="space">One of the spaces given before.</param>
    /// <param name="hits">A rule; parts that match it say so. Null for none.</param>
    /// <returns>Computed one after the other; the next call ends the last one's.</returns>
    /// <exception cref="OutOfStepsException">The budget is spent, or the space falls into too many parts.</exception>
    public IEnumerable<PacketCell> Run(SpaceExpression space, RuleReference? hits = null)
    {
        foreach (var (condition, settled) in AlternativesOf(space))
        {
            var boxes = _space.Limit(condition) ?? throw new OutOfStepsException();
            foreach (var cell in Run(boxes, hits, given: null, settled))
            {
                yield return cell;
            }
        }
    }

    private ImmutableArray<(Condition Condition, SettledUnknowns? Settled)> AlternativesOf(SpaceExpression space)
    {
        if (!_spaces.TryGetValue(space, out var alternatives))
        {
            alternatives = [.. _binder.Bind(space).Select(alternative => (alternative.Condition, alternative.Facts.All.IsEmpty
                ? null : new SettledUnknowns(alternative.Facts, _rules.UnknownTable, Layout.Family)))];
            _spaces.Add(space, alternatives);
        }
        return alternatives;
    }

    /// <summary>The same packets once more, in parts that tell whether they match another rule.</summary>
    /// <param name="cell">Packets that go one way; what they have met of unknowns stays as it is.</param>
    /// <param name="hits">The rule.</param>
    /// <exception cref="OutOfStepsException">The budget is spent.</exception>
    public IEnumerable<PacketCell> Run(PacketCell cell, RuleReference hits) => Run([[.. cell.Box]], hits, cell.Way.Assumed, cell.Way.Settled);

    private IEnumerable<PacketCell> Run(IEnumerable<ulong[]> boxes, RuleReference? hits, Assumed? given, SettledUnknowns? settled)
    {
        _walker.Target = hits is { } rule && _rules.Compiled.Tables.FirstOrDefault(table =>
            table.Chain.Table == rule.Table && table.Chain.Name == rule.Chain) is { } found ? new RuleKey(found.Chain.Index, rule.Rule) : null;
        return Tell(boxes.SelectMany(box => _walker.Run(box, given, settled)));
    }

    /// <summary>The same packets as they come to routing, where it loses all of them.</summary>
    /// <param name="cell">Packets that the last <see cref="Run(SpaceExpression, RuleReference?)"/> gave.</param>
    /// <exception cref="OutOfStepsException">The budget is spent.</exception>
    public IEnumerable<PacketCell> AsRouted(PacketCell cell) => LostPackets.IsRouted(cell.Way) && _lost.Hold(cell.Way, cell.Box)
        ? Tell(_walker.Lose([.. cell.Box], cell.Way.Assumed, cell.Way.Settled)) : [cell];

    private IEnumerable<PacketCell> Tell(IEnumerable<Cell> ends) =>
        (_kind is null ? ends : ends.SelectMany(_kind.Of)).SelectMany(_rewrites.Split).Select(Tell);

    /// <summary>Which outcomes of unknowns the packets have met, and what of it a packet can tell.</summary>
    public RegionUnknowns UnknownsOf(PacketCell cell) => new([cell.Way], _rules.UnknownTable, Layout.Family);

    /// <summary>What tells cells apart that have met other outcomes of unknowns.</summary>
    public string UnknownsKeyOf(PacketCell cell) => AssumptionTexts.KeyOf(cell.Way.Assumed, _rules.UnknownTable) + cell.Way.Settled?.Facts;

    /// <summary>What is changed of the packets, in a form that is the same for the same.</summary>
    public string ChangesOf(PacketCell cell) => DiffGroup.ChangesOf(cell.Way, _comparer);

    private PacketCell Tell(Cell cell) => new(
        cell.Box,
        cell.Verdict switch
        {
            CellVerdict.Drop => Verdict.Drop,
            CellVerdict.Reject => Verdict.Reject,
            CellVerdict.Queue => Verdict.Queue,
            CellVerdict.Stolen => Verdict.Stolen,
            _ => Verdict.Accept,
        },
        cell.LastTaker,
        _rewrites.IsChanged(cell),
        cell.IsHit,
        cell);
}
