using System.Collections.Immutable;
using RuleCompiler.DecisionTables;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>A chain as a list of boxes that is searched instead of walked: which of its rules does a packet match first?</summary>
/// <remarks>
/// Rows of called chains stand in the list where the call stands, as far as the call's conditions are field tests and the
/// list does not grow too long; other calls are entries themselves. Rows that neither decide nor change anything are left
/// out. Immutable and safe to share between threads.
/// </remarks>
internal sealed class ChainClassifier
{
    private readonly BoxSearch _search;

    private ChainClassifier(ImmutableArray<Lane> lanes, ImmutableArray<ChainEntry> entries, BoxSearch search)
    {
        Lanes = lanes;
        Entries = entries;
        _search = search;
    }

    /// <summary>The coordinates of a point, in order.</summary>
    public ImmutableArray<Lane> Lanes { get; }

    /// <summary>What may be done with a packet, in the order in which a walk would come to it.</summary>
    public ImmutableArray<ChainEntry> Entries { get; }

    /// <summary>The classifier of a chain and of what it calls.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="chain">The chain, mostly a base chain.</param>
    /// <returns>Null where no field tells its rows apart.</returns>
    public static ChainClassifier? Create(CompiledRuleset rules, DecisionTable chain)
    {
        var reached = CalledChains.From(rules, chain);
        var lanes = LanePlan.Choose(rules, reached);
        if (lanes.IsEmpty)
        {
            return null;
        }
        var (entries, boxes) = ChainFlattener.Flatten(rules, chain, lanes, reached.Sum(table => table.Rows.Length));
        return boxes.Count == 0 ? null : new ChainClassifier(lanes, entries, BoxSearch.Create(boxes));
    }

    /// <summary>The first entry, from <paramref name="from"/> on, that a point may match.</summary>
    /// <param name="point">One coordinate a lane (<see cref="Lane.Encode(UInt128?)"/>).</param>
    /// <param name="from">Index of the first entry that counts; not behind an exact one that decided.</param>
    /// <returns>Its index; <see cref="BoxSearch.None"/> where the chain ends.</returns>
    public int Find(ReadOnlySpan<uint> point, int from = 0) => _search.FindFirst(point, from);

    /// <summary>The point of a packet as it is now.</summary>
    /// <returns>False where the packet does not tell one of its fields: then the chain is to be walked.</returns>
    public bool TryLocate(PacketState state, Span<uint> point)
    {
        for (var i = 0; i < Lanes.Length; i++)
        {
            if (Lanes[i].Encode(state) is not { } coordinate)
            {
                return false;
            }
            point[i] = coordinate;
        }
        return true;
    }
}
