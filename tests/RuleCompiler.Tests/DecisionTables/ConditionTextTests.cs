using System.Collections.Immutable;
using NUnit.Framework;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.DecisionTables;

internal sealed class ConditionTextTests
{
    private static readonly Condition Port = Condition.Field(PacketField.DestinationPort, FieldSet.Of(80));
    private static readonly Condition OtherPort = Condition.Field(PacketField.SourcePort, FieldSet.Of(80));

    private static IEnumerable<TestCaseData> Conditions =>
    [
        Case(Port, false, "dport 80"),
        Case(Port, true, "!dport 80"),
        Case(Condition.Not(Condition.AnyOf(Port, OtherPort)), false, "!(dport 80 or sport 80)"),
        Case(Condition.AllOf(Port, OtherPort), false, "(dport 80 and sport 80)"),
        Case(Member, false, "set blocked src,dst"),
        Case(Member, true, "!set blocked src,dst"),
        Case(Condition.Unknown("limit", "limit --limit 5/min", isStateful: true), false, "?limit --limit 5/min"),
        Case(Condition.Unknown("x", "x \u001b", isStateful: false), true, @"!?x \x1b"),
        Case(Condition.Always, false, "always"),
        Case(Condition.Always, true, "never"),
    ];

    private static Condition Member => Condition.Member(
        "blocked", ImmutableArray.Create(SetDimension.Source, SetDimension.Destination), "--match-set blocked src,dst");

    [TestCaseSource(nameof(Conditions))]
    public string Prints(object condition, bool isNegated)
    {
        using var buffer = new Utf8Buffer();
        ConditionText.Write(buffer, (Condition)condition, isNegated, Family.IPv4);
        return buffer.ToString();
    }

    private static TestCaseData Case(Condition condition, bool isNegated, string text) =>
        new TestCaseData(condition, isNegated).Returns(text).SetArgDisplayNames(text);
}
