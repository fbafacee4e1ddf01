using System.Diagnostics;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Packets;

/// <summary>A value, or none, for each field, and an answer for each thing that no packet tells: enough to ask any condition.</summary>
/// <param name="valueOf">The value of a field; null where the packet does not have it.</param>
/// <param name="isTrue">The answer of an unknown or of a set, by its text.</param>
/// <remarks>Conditions are asked as their definition says, slowly and obviously: the reference for everything lowered.</remarks>
internal sealed class FieldAssignment(Func<PacketField, UInt128?> valueOf, Func<string, bool> isTrue)
{
    public bool Holds(Condition condition) => condition switch
    {
        Condition.AlwaysCondition => true,
        Condition.NeverCondition => false,
        Condition.FieldCondition field => IsIn(field.TestedField, field.Set),
        Condition.NotCondition not => !Holds(not.Operand),
        Condition.AllOfCondition all => all.Parts.All(Holds),
        Condition.AnyOfCondition any => any.Parts.Any(Holds),
        Condition.MemberCondition member => isTrue(member.Text),
        Condition.UnknownCondition unknown => isTrue(unknown.Text),
        _ => throw new UnreachableException(),
    };

    public UInt128? ValueOf(PacketField field) => valueOf(field);

    private bool IsIn(PacketField field, FieldSet set) =>
        valueOf(field) is { } value ? set.Contains(value) : set.IncludesAbsent;
}
