using RuleCompiler.DecisionTables;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>The classifiers of a ruleset's base chains, each made once enough packets have come to pay for it.</summary>
/// <remarks>May be shared between threads. Whether a chain is searched or walked changes no outcome.</remarks>
internal sealed class ChainClassifiers
{
    private readonly int _packetsBefore;
    private readonly Slot?[] _slots;

    /// <param name="rules">The rules.</param>
    /// <param name="packetsBefore">Packets that walk a chain before it gets a classifier.</param>
    /// <param name="minRows">With fewer rows, in all chains that a base chain leads to, the walk is as fast.</param>
    public ChainClassifiers(CompiledRuleset rules, int packetsBefore = 64, int minRows = 16)
    {
        _packetsBefore = packetsBefore;
        _slots = [.. rules.Tables.Select(table => table.Chain.Hook is null ? null : new Slot(rules, table, minRows))];
    }

    /// <summary>The classifier of a base chain; null where the chain is to be walked.</summary>
    public ChainClassifier? Find(DecisionTable baseChain)
    {
        var slot = _slots[baseChain.Chain.Index] ?? throw new ArgumentException("not a base chain", nameof(baseChain));
        return slot.PacketCount < _packetsBefore && Interlocked.Increment(ref slot.PacketCount) <= _packetsBefore
            ? null
            : slot.Classifier.Value;
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
