using NUnit.Framework;
using RuleCompiler.DecisionTables;

namespace RuleCompiler.Tests.Lowering;

internal sealed class PackRowsTests
{
    [Test]
    public void Rule_that_never_matches_has_no_row_and_keeps_its_number()
    {
        var tables = LoweredDump.Of("-A INPUT -j LOG\n-A INPUT ! -i + -j DROP\n-A INPUT -j ACCEPT").Tables;

        Assert.That(
            tables[0].Rows.Select(row => (row.RuleNumber, row.Line, row.Kind)),
            Is.EqualTo(new[] { (1, 2, ActionKind.Continue), (3, 4, ActionKind.Accept) }));
    }

    [Test]
    public void Calls_name_the_table_of_their_chain()
    {
        var tables = LoweredDump.Of(":INPUT ACCEPT\n:A - [0:0]\n:B - [0:0]\n-A INPUT -j B\n-A INPUT -g A").Tables;

        Assert.That(
            tables[0].Rows.Select(row => (row.Kind, tables[row.Target].Chain.Name)),
            Is.EqualTo(new[] { (ActionKind.Jump, "B"), (ActionKind.Goto, "A") }));
    }

    [Test]
    public void Equal_actions_stand_once()
    {
        var ruleset = LoweredDump.Of(
            "-A INPUT -s 10.0.0.1 -j REJECT\n-A INPUT -j REJECT --reject-with icmp-port-unreachable\n-A INPUT -j REJECT --reject-with icmp-net-unreachable");

        Assert.That(ruleset.Tables[0].Rows.Select(row => row.Target), Is.EqualTo(new[] { 0, 0, 1 }));
    }
}
