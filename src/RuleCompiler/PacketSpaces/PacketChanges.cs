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

    public PacketChanges With(int dimension, Change? change)
    {
        var changes = (Change?[])_changes.Clone();
        changes[dimension] = change;
        return new PacketChanges(changes) { Mask = Mask | (1UL << (dimension & 63)) };
    }
}
