using NUnit.Framework;
using RuleCompiler.Fuzz;
using RuleCompiler.Syntax;

namespace RuleCompiler.Tests.Syntax.Parsing;

internal sealed class ToolWarningTests
{
    [TestCase("-A INPUT -p tcp |-j ACCEPT")]
    [TestCase("-A INPUT -p t|cp -j ACCEPT")]
    [TestCase("-A INPUT -p tcp -j ACCEPT|")]
    [TestCase("-|A INPUT -p tcp -j ACCEPT")]
    public void Warning_that_cuts_a_rule_in_two_is_taken_out(string rule)
    {
        const string Warning = "# Warning: iptables-legacy tables present, use iptables-legacy-save to see them";
        var tree = SyntaxTreeTests.Parse($"*filter\n{rule.Replace("|", Warning + "\n", StringComparison.Ordinal)}\nCOMMIT\n");

        Assert.Multiple(() =>
        {
            Assert.That(tree.Diagnostics, Is.Empty);
            Assert.That(tree.Tables.Single().Commit, Is.Not.Null);
            Assert.That(
                tree.Lines.OfType<RuleSyntax>().Single().Options.Select(SyntaxTreeTests.Describe),
                Is.EqualTo(new[] { "-A INPUT", "-p tcp", "-j ACCEPT" }));
            Assert.That(tree.Text.ToString(tree.ToolWarnings.Single()), Is.EqualTo(Warning));
            Assert.That(TreeLaws.IsFaithful(tree));
        });
    }

    [TestCase("# Warning: ip6tables-legacy tables present, use ip6tables-legacy to see them")]
    [TestCase("# Table `x' is incompatible, use 'nft' tool.")]
    public void Warning_on_a_line_of_its_own_is_a_comment(string warning)
    {
        var tree = SyntaxTreeTests.Parse($"*filter\n{warning}\n:INPUT ACCEPT\nCOMMIT\n");

        Assert.Multiple(() =>
        {
            Assert.That(tree.Diagnostics, Is.Empty);
            Assert.That(tree.Text.ToString(tree.ToolWarnings.Single()), Is.EqualTo(warning));
        });
    }
}
