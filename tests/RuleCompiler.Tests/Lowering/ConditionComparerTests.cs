using NUnit.Framework;
using RuleCompiler.Lowering;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Lowering;

internal sealed class ConditionComparerTests
{
    private static readonly Condition[] Distinct =
    [
        Condition.Always,
        Condition.Never,
        Mark(1),
        Mark(2),
        Condition.Field(PacketField.ConnectionMark, FieldSet.Of(1)),
        Condition.Field(PacketField.Mark, FieldSet.Of(1).WithAbsent(true)),
        Condition.Unknown("limit", "limit 1/s", isStateful: true),
        Condition.Unknown("limit", "limit 1/s", isStateful: false),
        Condition.Member("s", [SetDimension.Source], "set --match-set s src"),
        Condition.Member("s", [SetDimension.Destination], "set --match-set s dst"),
        Condition.AllOf(Mark(1), Mark(2)),
        Condition.AllOf(Mark(2), Mark(1)),
        Condition.AnyOf(Mark(1), Mark(2)),
        Condition.AnyOf(Mark(1), Mark(2), Mark(3)),
        Condition.Not(Condition.AllOf(Mark(1), Mark(2))),
    ];

    [Test]
    public void Conditions_of_other_form_or_content_are_not_equal() =>
        Assert.That(new HashSet<Condition>(Distinct, ConditionComparer.Instance), Has.Count.EqualTo(Distinct.Length));

    [Test]
    public void Conditions_made_anew_are_equal() => Assert.Multiple(() =>
    {
        var known = new HashSet<Condition>(Distinct, ConditionComparer.Instance);
        Assert.That(known, Does.Contain(Mark(1)).Using(ConditionComparer.Instance));
        Assert.That(known.Contains(Condition.AllOf(Mark(1), Mark(2))));
        Assert.That(known.Contains(Condition.AnyOf(Mark(1), Mark(2))));
        Assert.That(known.Contains(Condition.Not(Condition.AllOf(Mark(1), Mark(2)))));
        Assert.That(known.Contains(Condition.Unknown("limit", "limit 1/s", isStateful: true)));
        Assert.That(known.Contains(Condition.Member("s", [SetDimension.Source], "set --match-set s src")));
    });

    private static Condition Mark(uint value) => Condition.Field(PacketField.Mark, FieldSet.Of(value));
}
