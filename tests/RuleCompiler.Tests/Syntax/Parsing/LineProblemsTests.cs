using NUnit.Framework;
using RuleCompiler.Tests.Markup;

namespace RuleCompiler.Tests.Syntax.Parsing;

internal sealed class LineProblemsTests
{
    [TestCase("{|IPT1001:foo|} bar")]
    [TestCase("{|IPT1001:\"-A\"|} INPUT")]
    [TestCase("{|IPT1001:-|} -A INPUT")]
    [TestCase("! {|IPT1001:foo|} -A INPUT")]
    [TestCase("[1:2] {|IPT1001:foo|}")]
    [TestCase("{|IPT1001:größe|}")]
    [TestCase("{|IPT1002:*|}")]
    [TestCase("{|IPT1002:*|}  \t")]
    [TestCase("{|IPT1003::|} ")]
    [TestCase(":{|IPT1004:X|}")]
    [TestCase(":{|IPT1004:X|} [0:0] more")]
    [TestCase("{|IPT1005:[1:2|} -A INPUT")]
    [TestCase("{|IPT1006:[a:b]|} -A INPUT")]
    [TestCase("{|IPT1006:[1 : 2]|} -A INPUT")]
    [TestCase(":X - {|IPT1006:[0:0|}")]
    [TestCase("{|IPT1007:[1:2]|}")]
    [TestCase("-A INPUT --comment {|IPT1008:a\"b c|}")]
    [TestCase("{|IPT1009:!|}")]
    [TestCase("{|IPT1009:!|} ! -i lo")]
    [TestCase("\t {|IPT1010:# note|}  ")]
    [TestCase(" {|IPT1011:[1:2]|} -A INPUT")]
    [TestCase(" {|IPT1011:*|}nat")]
    [TestCase(" {|IPT1011:COMMIT|}")]
    [TestCase("COMMIT {|IPT1012:and more|} ")]
    [TestCase("*nat {|IPT1013:and more|} ")]
    [TestCase(":X - {|IPT1013:more|}")]
    [TestCase("{|IPT1015:/sbin/iptables|} -A INPUT")]
    public void Line_of_a_table_is_reported_at_its_smallest_wrong_span(string line) => Reports($"*filter\n{line}\n");

    [TestCase("   -A INPUT -j DROP")]
    [TestCase("[1:2]-A INPUT")]
    [TestCase("! -i lo -A INPUT")]
    [TestCase("-A INPUT -s ! 10.0.0.1")]
    [TestCase("-A INPUT --comment !")]
    [TestCase(": X - ")]
    [TestCase("* nat")]
    [TestCase("COMMIT \t")]
    public void Line_of_a_table_is_in_order(string line) => Reports($"*filter\n{line}\n");

    [Test]
    public void First_table_is_indented() => Reports("  {|IPT1011:*|}nat\n  {|IPT1011:COMMIT|}\n");

    [Test]
    public void All_problems_of_a_file_are_reported_and_reading_goes_on_behind_each() => Reports("""
        *filter
        :{|IPT1004:INPUT|}
        {|IPT1001:one|}
        {|IPT1009:!|} ! -i lo
        {|IPT1001:two|}
        COMMIT
        {|IPT1016::OUTPUT ACCEPT [0:0]|}
        {|IPT1017:other text

        and more|}
        *nat
        :OUTPUT ACCEPT [0:0] {|IPT1013:x|}
        COMMIT
        """);

    private static void Reports(string markup)
    {
        var expected = MarkupText.Parse(markup);
        var tree = SyntaxTreeTests.Parse(expected.Text);

        Assert.That(
            tree.Diagnostics.Select(d => (d.Id, d.Location.Span)),
            Is.EqualTo(expected.Spans.Select(s => (s.Id, s.Span))));
    }
}
