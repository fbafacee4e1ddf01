using RuleCompiler.DecisionTables;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>The classifiers of a ruleset's base chains, and the finders of its long chains, each made once enough packets have come to pay for it.</summary>
/// <remarks>May be shared between threads. Whether a chain is searched or walked changes no outcome.</remarks>
internal sealed class ChainClassifiers
{
    /// <summary>Chains of fewer rows are walked through row by row.</summary>
    private const int MinFinderRows = 512;

    /// <summary>Walks of a long chain before it gets a finder, which takes as long to make as some hundreds of them.</summary>
    private const int WalksBefore = 1024;

    private readonly int _packetsBefore;
    private readonly Slot?[] _slots;
    private readonly FinderSlot?[] _finders;
    private readonly Func<DecisionTable, IRowFinder?>? _finderAtHand;

    /// <param name="rules">The rules.</param>
    /// <param name="packetsBefore">Packets that walk a chain before it gets a classifier.</param>
    /// <param name="minRows">With fewer rows, in all chains that a base chain leads to, the walk is as fast.</param>
    /// <param name="finderAtHand">Gives finders of long chains that cost nothing to make; null where there are none.</param>
    public ChainClassifiers(
        CompiledRuleset rules, int packetsBefore = 64, int minRows = 16, Func<DecisionTable, IRowFinder?>? finderAtHand = null)
    {
        _packetsBefore = packetsBefore;
        _finderAtHand = finderAtHand;
        _slots = [.. rules.Tables.Select(table => table.Chain.Hook is null ? null : new Slot(rules, table, minRows))];
        _finders = [.. rules.Tables.Select(table => table.Rows.Length < MinFinderRows ? null : new FinderSlot(rules, table))];
    }

    /// <summary>The classifier of a base chain; null where the chain is to be walked.</summary>
    public ChainClassifier? Find(DecisionTable baseChain)
    {
        var slot = _slots[baseChain.Chain.Index] ?? throw new ArgumentException("not a base chain", nameof(baseChain));
        return slot.PacketCount < _packetsBefore && Interlocked.Increment(ref slot.PacketCount) <= _packetsBefore
            ? null
            : slot.Classifier.Value;
    }

    /// <summary>Finds the rows of a chain that a walk has to look at; null where it is to look at all.</summary>
    public IRowFinder? FindRows(DecisionTable chain) =>
        _finders[chain.Chain.Index] is not { } slot ? null
        : _finderAtHand is not null ? _finderAtHand(chain)
        : slot.WalkCount < WalksBefore && Interlocked.Increment(ref slot.WalkCount) <= WalksBefore ? null
        : slot.Finder.Value;

    private sealed class FinderSlot(CompiledRuleset rules, DecisionTable table)
    {
        public int WalkCount;

        public Lazy<RowFinder?> Finder { get; } = new(() => RowFinder.Create(rules, table));
    }

    private sealed class Slot(CompiledRuleset rules, DecisionTable table, int minRows)
    {
        public int PacketCount;

        public Lazy<ChainClassifier?> Classifier { get; } = new(
            () => CalledChains.From(rules, table).Sum(chain => chain.Rows.Length) < minRows
                ? null
                : ChainClassifier.Create(rules, table));
    }
}
