using NUnit.Framework;
using RuleCompiler.Fuzz;
using RuleCompiler.Syntax;

namespace RuleCompiler.Tests.Syntax.Parsing;

internal sealed class OutsideTextTests
{
    [TestCase("+ iptables -t nat -A OUTPUT -j ACCEPT", "iptables")]
    [TestCase("sudo /sbin/ip6tables-legacy -A INPUT -j DROP", "/sbin/ip6tables-legacy")]
    [TestCase("root@pod:~# iptables -P INPUT DROP", "iptables")]
    [TestCase("2026-11-24T02:00:00Z\tinfo\tRunning command: iptables -t nat -N X", "iptables")]
    [TestCase("time=\"2026-11-24\" level=info msg=\"/sbin/iptables -t nat -N X\" pod=a", "/sbin/iptables")]
    public void Command_lines_of_a_log_are_read(string line, string program)
    {
        var tree = SyntaxTreeTests.Parse("some text\n" + line + "\nother text\n");
        var table = tree.Tables.Single();

        Assert.Multiple(() =>
        {
            Assert.That(table.Header, Is.Null);
            Assert.That(((RuleSyntax)table.Lines.Single()).Program?.Text, Is.EqualTo(program));
            Assert.That(TreeLaws.IsFaithful(tree));
        });
    }

    [TestCase("* a bullet")]
    [TestCase("* item")]
    [TestCase("*****")]
    [TestCase("- a bullet")]
    [TestCase("--- a line ---")]
    [TestCase("iptables -t nat -L -n")]
    [TestCase("iptables-save")]
    [TestCase("see: #a/iptables -A INPUT")]
    [TestCase("msg=\"a\"/iptables -A INPUT")]
    [TestCase("run iptables -A INPUT if you like")]
    [TestCase("  # iptables -A INPUT -j DROP")]
    [TestCase(": a colon")]
    public void Other_text_outside_tables_is_skipped_and_said_once(string line)
    {
        var tree = SyntaxTreeTests.Parse($"{line}\n\n{line}\n*filter\n:INPUT ACCEPT\nCOMMIT\n");

        Assert.Multiple(() =>
        {
            Assert.That(tree.Tables, Has.Length.EqualTo(1));
            Assert.That(tree.Diagnostics.Select(d => d.Id), Is.EqualTo(new[] { "IPT1017" }));
        });
    }

    [Test]
    public void Table_with_a_strange_name_is_one_where_its_next_line_is_of_a_dump()
    {
        var tree = SyntaxTreeTests.Parse("* table\n-N chain\nCOMMIT\n");

        Assert.That(tree.Tables.Single().Header?.Name.Value, Is.EqualTo("table"));
    }

    [Test]
    public void Escaped_quote_does_not_end_a_field_without_a_word() => Assert.That(
        SyntaxTreeTests.Parse("msg=\"iptables -A INPUT -m comment --comment \\\"a\\\" -j DROP\" pod=a").Diagnostics.Select(d => d.Id),
        Is.EqualTo(new[] { "IPT1008" }));
}
