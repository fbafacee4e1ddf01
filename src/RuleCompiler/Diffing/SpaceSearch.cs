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
    /// <summary>What conditions besides a space's must be told apart: which interface is <c>lo</c>.</summary>
    private static readonly ImmutableArray<Condition> Loopbacks =
    [
        Condition.Field(PacketField.InInterface, FieldSet.Of(InterfaceName.Pack("lo"))),
        Condition.Field(PacketField.OutInterface, FieldSet.Of(InterfaceName.Pack("lo"))),
    ];

    private readonly SpaceRuleset _rules;
    private readonly JourneyWalker _walker;
    private readonly OutcomeComparer _comparer;
    private readonly JourneySpace _space;

    /// <param name="rules">The rules.</param>
    /// <param name="host">The machine, which says where new destinations lead.</param>
    /// <param name="spaces">Every space that will be asked about.</param>
    /// <param name="budget">What all of it may cost.</param>
    public SpaceSearch(CompiledRuleset rules, HostFacts host, IEnumerable<SpaceExpression> spaces, StepBudget budget)
    {
        Layout = LayoutOf([rules], [.. spaces.Select(space => space.Condition)]);
        _rules = new SpaceRuleset(rules, Layout, new UnknownTable());
        _space = new JourneySpace(Layout, hasFragments: !host.Conntrack && !ConntrackNeed.IsIn(rules));
        _walker = new JourneyWalker(_rules, _space, new Routing(host), budget);
        _comparer = new OutcomeComparer(Layout, countsLogs: false, countsIdleRewrites: false);
        Universe = _space.Boxes;
        Witnesses = new WitnessPicker(Layout, host);
    }

    /// <summary>The dimensions of the answers.</summary>
    public SpaceLayout Layout { get; }

    /// <summary>All packets that can be.</summary>
    public ulong[][] Universe { get; }

    /// <summary>Makes packets of answers.</summary>
    public WitnessPicker Witnesses { get; }

    /// <summary>A layout for whole journeys through rulesets.</summary>
    public static SpaceLayout LayoutOf(ReadOnlySpan<CompiledRuleset> rulesets, ReadOnlySpan<Condition> conditions) =>
        SpaceLayout.Of(rulesets, [.. Loopbacks, .. conditions]);

    /// <summary>The packets of a space, in disjoint parts that go one way each, under each outcome of the unknowns that they meet.</summary>
    /// <param name="space">One of the spaces given before.</param>
    /// <param name="hits">A rule; parts that match it say so. Null for none.</param>
    /// <returns>Computed one after the other; the next call ends the last one's.</returns>
    /// <exception cref="OutOfStepsException">The budget is spent.</exception>
    public IEnumerable<PacketCell> Run(SpaceExpression space, RuleReference? hits = null)
    {
        _walker.Target = hits is { } rule && _rules.Compiled.Tables.FirstOrDefault(table =>
            table.Chain.Table == rule.Table && table.Chain.Name == rule.Chain) is { } found ? new RuleKey(found.Chain.Index, rule.Rule) : null;
        var boxes = _space.Limit(space.Condition) ?? throw new InvalidOperationException("the space is of no boxes");
        return boxes.SelectMany(box => _walker.Run(box)).SelectMany(cell => Split(cell)).Select(cell => Tell(cell));
    }

    /// <summary>Which outcomes of unknowns the packets have met.</summary>
    public ImmutableArray<Assumption> AssumptionsOf(PacketCell cell) => AssumptionTexts.Of(cell.Way.Assumed, _rules.UnknownTable);

    /// <summary>What is changed of the packets, in a form that is the same for the same.</summary>
    public string ChangesOf(PacketCell cell) => DiffGroup.ChangesOf(cell.Way, _comparer);

    /// <summary>Parts in which every packet has its address or port changed, or none has.</summary>
    private IEnumerable<Cell> Split(Cell cell)
    {
        var untouched = Untouched(cell);
        if (untouched is null || _comparer.Compare(untouched, cell) != OutcomeComparison.Mixed
            || _comparer.FindCut(untouched, cell) is not var (dimension, code))
        {
            return [cell];
        }
        var codes = new List<ulong>();
        var d = Layout.Dimensions[dimension];
        d.AddDifference(cell.Box[dimension], code, codes);
        codes.Add(Boxes.Meet(cell.Box[dimension], code, d.IsNarrow));
        return codes.SelectMany(rest =>
        {
            var part = cell.Clone();
            part.Box[dimension] = rest;
            return Split(part);
        });
    }

    /// <summary>The cell as it would be without new addresses; null where it has none.</summary>
    private Cell? Untouched(Cell cell)
    {
        if (cell.Changes is not { } changes)
        {
            return null;
        }
        var isChanged = false;
        foreach (var field in OutcomeComparer.Addresses)
        {
            var dimension = Layout[field].Index;
            isChanged |= changes[dimension] is not null;
            changes = changes[dimension] is null ? changes : changes.With(dimension, null);
        }
        if (!isChanged)
        {
            return null;
        }
        var other = cell.Clone();
        other.Changes = changes;
        return other;
    }

    private PacketCell Tell(Cell cell) => new(
        cell.Box,
        cell.Verdict switch
        {
            CellVerdict.Drop => Verdict.Drop,
            CellVerdict.Reject => Verdict.Reject,
            CellVerdict.Queue => Verdict.Queue,
            _ => Verdict.Accept,
        },
        cell.Taker,
        Untouched(cell) is { } untouched && _comparer.Compare(untouched, cell) != OutcomeComparison.Same,
        cell.IsHit,
        cell);
}
