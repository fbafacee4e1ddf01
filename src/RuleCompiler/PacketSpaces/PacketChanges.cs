namespace RuleCompiler.PacketSpaces;

/// <summary>What rules have changed of a packet so far. Immutable.</summary>
/// <remarks>Of many dimensions few are ever changed: they are listed.</remarks>
internal sealed class PacketChanges
{
    private readonly (int Dimension, Change Change)[] _changes;

    private PacketChanges((int Dimension, Change Change)[] changes)
    {
        _changes = changes;
        foreach (var (dimension, _) in changes)
        {
            Mask |= 1UL << (dimension & 63);
        }
    }

    /// <summary>Nothing changed.</summary>
    public static PacketChanges None { get; } = new([]);

    /// <summary>Bit (dimension mod 64) is set where a dimension may have changed.</summary>
    public ulong Mask { get; }

    /// <summary>The dimensions changed, each once.</summary>
    public ReadOnlySpan<(int Dimension, Change Change)> All => _changes;

    public Change? this[int dimension] =>
        (Mask >> (dimension & 63) & 1) != 0 && IndexOf(_changes, dimension) is >= 0 and var index ? _changes[index].Change : null;

    /// <summary>The same with several dimensions changed at once.</summary>
    /// <param name="dimensions">The dimensions.</param>
    /// <param name="to">What each becomes.</param>
    public PacketChanges With(ReadOnlySpan<Dimension> dimensions, ReadOnlySpan<Change> to)
    {
        var changes = new (int, Change)[_changes.Length + dimensions.Length];
        var count = 0;
        foreach (var own in _changes)
        {
            if (!Contains(dimensions, own.Dimension))
            {
                changes[count++] = own;
            }
        }
        for (var i = 0; i < dimensions.Length; i++)
        {
            changes[count++] = (dimensions[i].Index, to[i]);
        }
        return new PacketChanges(count == changes.Length ? changes : changes[..count]);
    }

    /// <summary>The same with one dimension changed; null for what it entered with.</summary>
    public PacketChanges With(int dimension, Change? change)
    {
        var index = IndexOf(_changes, dimension);
        if (change is null)
        {
            return index < 0 ? this : new PacketChanges([.. _changes.AsSpan(0, index), .. _changes.AsSpan(index + 1)]);
        }
        if (index < 0)
        {
            return new PacketChanges([.. _changes, (dimension, change)]);
        }
        (int, Change)[] changes = [.. _changes];
        changes[index] = (dimension, change);
        return new PacketChanges(changes);
    }

    private static int IndexOf((int Dimension, Change Change)[] changes, int dimension)
    {
        for (var i = 0; i < changes.Length; i++)
        {
            if (changes[i].Dimension == dimension)
            {
                return i;
            }
        }
        return -1;
    }

    private static bool Contains(ReadOnlySpan<Dimension> dimensions, int index)
    {
        foreach (var dimension in dimensions)
        {
            if (dimension.Index == index)
            {
                return true;
            }
        }
        return false;
    }
}
