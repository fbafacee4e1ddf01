using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>One field of a packet: absent, a value, or what is known of the value.</summary>
/// <param name="Status">Which of them.</param>
/// <param name="Value">The value of a present field.</param>
/// <param name="Knowledge">What is known of an open one; null for a field with several values, or one that may be absent.</param>
internal readonly record struct FieldValue(FieldStatus Status, UInt128 Value, FieldKnowledge? Knowledge = null)
{
    public static FieldValue Absent { get; } = new(FieldStatus.Absent, 0);

    /// <summary>A field with several values, which is asked value by value, or one that may be absent.</summary>
    public static FieldValue Several { get; } = new(FieldStatus.Open, 0);

    public static FieldValue Of(UInt128 value) => new(FieldStatus.Present, value);

    public static FieldValue Of(bool value) => Of(value ? UInt128.One : 0);

    /// <summary>The value, or absent for null.</summary>
    public static FieldValue Of(ushort? value) => value is { } known ? Of((UInt128)known) : Absent;

    public static FieldValue Open(FieldKnowledge knowledge) => new(FieldStatus.Open, 0, knowledge);

    /// <summary>A value of a field about which nothing is known.</summary>
    public static FieldValue AnyOf(PacketField field) => Open(FieldKnowledge.Nothing(PacketFieldInfo.Max(field)));

    /// <summary>A number of which some bits may be unknown.</summary>
    public static FieldValue Of(MaskedNumber number) =>
        number.Mask == uint.MaxValue ? Of((UInt128)number.Value) : Open(FieldKnowledge.Bits(number.Value, number.Mask, uint.MaxValue));
}
