using CsCheck;
using NUnit.Framework;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Packets;

internal sealed class ConditionTests
{
    private static readonly PacketField[] Fields = [PacketField.Protocol, PacketField.Ttl, PacketField.Tos];

    private static readonly Gen<Condition> Atoms = Gen.Frequency(
        (1, Gen.Const(Condition.Always)),
        (1, Gen.Const(Condition.Never)),
        (2, Gen.Int[0, 2].Select(n => Condition.Unknown("limit", $"limit {n}", isStateful: false))),
        (8, Gen.Select(Gen.Int[0, 2], Gen.Byte, Gen.Byte, Gen.Bool, (field, low, high, absent) =>
            Condition.Field(Fields[field], FieldSet.Range(low, high).WithAbsent(absent)))));

    private static readonly Gen<Condition> Conditions = Gen.Recursive<Condition>((depth, smaller) => depth >= 3
        ? Atoms
        : Gen.Frequency(
            (3, Atoms),
            (1, smaller.Select(Condition.Not)),
            (1, smaller.Array[0, 3].Select(parts => Condition.AllOf(parts))),
            (1, smaller.Array[0, 3].Select(parts => Condition.AnyOf(parts)))));

    private static readonly Gen<FieldAssignment> Assignments = Gen.Select(
        Gen.Byte.Nullable().Array[3], Gen.Bool.Array[3],
        (values, answers) => new FieldAssignment(
            field => values[Array.IndexOf(Fields, field)], text => answers[text[^1] - '0']));

    [Test]
    public void Not_is_the_plain_opposite() => Gen.Select(Conditions, Assignments).Sample((condition, packet) =>
        packet.Holds(Condition.Not(condition)) != packet.Holds(condition));

    [Test]
    public void AllOf_holds_where_each_part_does() => Gen.Select(Conditions.Array[0, 4], Assignments).Sample((parts, packet) =>
        packet.Holds(Condition.AllOf(parts)) == parts.All(packet.Holds));

    [Test]
    public void AnyOf_holds_where_one_part_does() => Gen.Select(Conditions.Array[0, 4], Assignments).Sample((parts, packet) =>
        packet.Holds(Condition.AnyOf(parts)) == parts.Any(packet.Holds));

    [Test]
    public void Conjunctions_do_not_nest() => Conditions.Array[0, 4].Sample(parts =>
        Condition.AllOf(parts) is not Condition.AllOfCondition all
        || all.Parts.All(part => part is not (Condition.AllOfCondition or Condition.AlwaysCondition or Condition.NeverCondition)));

    [Test]
    public void Test_of_an_empty_set_never_holds() =>
        Assert.That(Condition.Field(PacketField.Ttl, FieldSet.Empty), Is.SameAs(Condition.Never));
}
