using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Ordering;

/// <summary>A space of packets, said field by field: each field named has a value of its set.</summary>
internal sealed class PacketLimits
{
    private readonly SortedDictionary<PacketField, FieldSet> _sets;

    private PacketLimits(IEnumerable<KeyValuePair<PacketField, FieldSet>> sets) => _sets = new(new Dictionary<PacketField, FieldSet>(sets));

    /// <summary>All packets.</summary>
    public static PacketLimits None { get; } = new([]);

    /// <summary>The set of a field; null where any value will do.</summary>
    public FieldSet? this[PacketField field] => _sets.GetValueOrDefault(field);

    /// <summary>The packets of which a field has a value of a set, whatever was said of the field before.</summary>
    public PacketLimits With(PacketField field, FieldSet set) => new(_sets.Where(pair => pair.Key != field).Append(new(field, set)));

    /// <summary>The packets of which a field has any value.</summary>
    public PacketLimits Without(PacketField field) => new(_sets.Where(pair => pair.Key != field));

    /// <summary>Those from network cards that no rule is about.</summary>
    public PacketLimits FromUnnamedCards(RulesetSlice slice) => With(PacketField.MacSource, slice.Unnamed(HostPackets.Cards, PacketField.MacSource));

    /// <summary>The packets of which a field has one value.</summary>
    public PacketLimits With(PacketField field, UInt128 value) => With(field, FieldSet.Of(value));

    /// <summary>The same as a condition, without fields that nobody asks for.</summary>
    public Condition ToCondition(Func<PacketField, bool> isAsked) =>
        Condition.AllOf([.. _sets.Where(pair => isAsked(pair.Key)).Select(pair => Condition.Field(pair.Key, pair.Value))]);
}
