using NUnit.Framework;
using RuleCompiler.DecisionTables;
using RuleCompiler.Lowering;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Lowering;

internal sealed class LowerConditionsTests
{
    [Test]
    public void Conjuncts_of_all_matches_stand_side_by_side() => Assert.That(
        Lower("-A INPUT -s 10.0.0.1 -p tcp --dport 80 -m mark --mark 1 -j ACCEPT").Conjuncts.Cast<Condition.FieldCondition>()
            .Select(conjunct => conjunct.TestedField),
        Is.EqualTo(new[] { PacketField.Source, PacketField.Protocol, PacketField.DestinationPort, PacketField.Mark })
            .Or.EquivalentTo(new[]
            {
                PacketField.Source, PacketField.Protocol, PacketField.DestinationPort, PacketField.IsLaterFragment, PacketField.Mark,
            }));

    [Test]
    public void Rule_without_tests_has_no_conjunct()
    {
        var rule = Lower("-A INPUT -s 0.0.0.0/0 -i + -p all -j DROP");

        Assert.Multiple(() =>
        {
            Assert.That(rule.Conjuncts, Is.Empty);
            Assert.That(rule.IsNever, Is.False);
            Assert.That(rule.Action?.Kind, Is.EqualTo(ActionKind.Drop));
        });
    }

    [TestCase("-A INPUT ! -i + -j DROP")]
    [TestCase("-A INPUT -m iprange --src-range 10.0.0.9-10.0.0.5 -j DROP")]
    [TestCase("-A INPUT -m mark --mark 0x15/0x5 -j DROP")]
    public void Rule_that_can_never_match(string line) => Assert.That(Lower(line).IsNever);

    [TestCase("-A INPUT -m geoip --source-country NO -j DROP", ExpectedResult = "geoip --source-country NO")]
    [TestCase("-A INPUT --colour blue -j DROP", ExpectedResult = "--colour blue")]
    [TestCase("-A INPUT -m limit --limit 5/min -j DROP", ExpectedResult = "limit --limit 5/min")]
    public string What_no_packet_tells_is_an_unknown_with_history(string line) =>
        Lower(line).Conjuncts is [Condition.UnknownCondition { IsStateful: true } unknown] ? unknown.Text : "";

    [TestCase("-A INPUT -j TARPIT", ExpectedResult = ActionKind.Unknown)]
    [TestCase("-A INPUT -s 10.0.0.1", ExpectedResult = ActionKind.Continue)]
    [TestCase("-A INPUT -j LOG", ExpectedResult = ActionKind.Continue)]
    [TestCase(":A - [0:0]\n-A INPUT -j A", ExpectedResult = null)]
    public ActionKind? Action_is_that_of_the_target_and_none_for_a_call(string lines) => Lower(lines).Action?.Kind;

    [Test]
    public void Each_rule_is_lowered_however_the_work_is_cut()
    {
        var small = Enumerable.Range(0, 900).SelectMany(i => new[] { $":C{i} - [0:0]", $"-A C{i} -m mark --mark {i} -j DROP" });
        var large = Enumerable.Range(0, 2500).Select(i => $"-A INPUT -m mark --mark {i} -j DROP");
        var state = LoweredDump.After(LowerConditions.Run, string.Join('\n', small.Concat(large)));

        Assert.That(
            state.Rules.SelectMany(rules => rules).Select(rule => ((Condition.FieldCondition)rule.Conjuncts.Single()).Set),
            Is.EqualTo(Enumerable.Range(0, 2500).Concat(Enumerable.Range(0, 900)).Select(i => FieldSet.Of((UInt128)i))));
    }

    private static LoweredRule Lower(string lines) => LoweredDump.After(LowerConditions.Run, lines).Rules[0].Single();
}
