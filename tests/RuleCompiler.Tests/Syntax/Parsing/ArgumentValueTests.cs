using NUnit.Framework;
using RuleCompiler.Syntax;

namespace RuleCompiler.Tests.Syntax.Parsing;

internal sealed class ArgumentValueTests
{
    [TestCase("\"a b\"", "a b")]
    [TestCase("\"\"", "")]
    [TestCase("\"a\\\"b\\\\c\\q\"", "a\"b\\cq")]
    [TestCase("a\\b", "a\\b")]
    [TestCase("'a'", "'a'")]
    [TestCase("ab\"c d\"", "abc d")]
    [TestCase("\"c d", "c d")]
    [TestCase("\"c\\", "c")]
    [TestCase("\"größe\"", "größe")]
    public void Value_is_what_iptables_reads(string argument, string value)
    {
        var rule = SyntaxTreeTests.Parse($"*filter\n-A {argument}\nCOMMIT\n").Lines.OfType<RuleSyntax>().Single();

        Assert.That(rule.Options[0].Values[0].Value, Is.EqualTo(value));
    }

    [Test]
    public void Closing_quote_ends_the_argument()
    {
        var rule = SyntaxTreeTests.Parse("*filter\n-A ab\"c d\"ef\nCOMMIT\n").Lines.OfType<RuleSyntax>().Single();

        Assert.That(rule.Options[0].Values.Select(v => v.Value), Is.EqualTo(new[] { "abc d", "ef" }));
    }
}
