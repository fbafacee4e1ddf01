namespace RuleCompiler.PacketSpaces;

/// <summary>What rules have changed of a packet so far, and what they have done beside. Immutable.</summary>
internal sealed class PacketChanges
{
    private readonly Change?[] _changes;

    public PacketChanges(int dimensions) => _changes = new Change?[dimensions];

    private PacketChanges(Change?[] changes) => _changes = changes;

    /// <summary>Bit (dimension mod 64) is set where a dimension may have changed.</summary>
    public ulong Mask { get; private init; }

    public Change? this[int dimension] => _changes[dimension];

    /// <summary>The same with several dimensions changed at once.</summary>
    public PacketChanges With(ReadOnlySpan<Dimension> dimensions, Func<Dimension, Change> changeOf)
    {
        var changes = (Change?[])_changes.Clone();
        var mask = Mask;
        foreach (var dimension in dimensions)
        {
            changes[dimension.Index] = changeOf(dimension);
            mask |= 1UL << (dimension.Index & 63);
        }
        return new PacketChanges(changes) { Mask = mask };
    }

    public PacketChanges With(int dimension, Change? change)
    {
        var changes = (Change?[])_changes.Clone();
        changes[dimension] = change;
        return new PacketChanges(changes) { Mask = Mask | (1UL << (dimension & 63)) };
    }
}
