using NUnit.Framework;

namespace RuleCompiler.Tests.Scenarios;

internal sealed class ScenarioBinderTests
{
    private const string Head = "dump \"pod.rules\"\n";

    [Test]
    public void All_problems_of_a_file_are_reported() => ScenarioAssert.Reports(Head + """
        scenario {|IPT5201:calls|}
          {|IPT5202:paket|} x
          packet tcp 1.2.3.4:5 ->{|IPT5001:|}
          expect verdict{|IPT5201:|}
          expect verdict accept {|IPT5201:accept|}
          {|IPT5203:space|} tcp
          packet tcp 10.0.0.1:1 -> 10.0.0.2:2 uid {|IPT5013:x|}
        scenario "a"
          packet tcp 10.0.0.1:1 -> 10.0.0.2:2
          expect hits {|IPT5211:foo|}
          {|IPT5203:redirect|} 1.2.3.4
        scenario {|IPT5208:"A"|}
          flows {|IPT5201:x|}
        """);

    [TestCase("  expect{|IPT5201:|}", TestName = "An expectation of nothing")]
    [TestCase("  expect not{|IPT5201:|}", TestName = "Not, and nothing")]
    [TestCase("  expect verdict {|IPT5211:deny|}", TestName = "A verdict that there is not")]
    [TestCase("  expect flow {|IPT5211:two|}", TestName = "A flow that is no number")]
    [TestCase("  expect mark {|IPT5211:0x1/y|}", TestName = "A mark that is no number")]
    [TestCase("  expect rewrite {|IPT5211:forward|}", TestName = "A rewrite that there is not")]
    [TestCase("  expect redirect {|IPT5211:1.2.3|}", TestName = "A rewrite to no address")]
    [TestCase("  {|IPT5203:flows|}", TestName = "Flows beside packets")]
    [TestCase("  {|IPT5203:dump|} \"other.rules\"", TestName = "A dump behind the head")]
    [TestCase("  expect path {|IPT5212:NOWHERE|} ...", TestName = "A chain that there is not")]
    [TestCase("  expect hits {|IPT5212:filter:OUTPUT:3|}", TestName = "A rule behind the last")]
    [TestCase("  {|IPT5202:=|}", TestName = "A line that is no word")]
    [TestCase("scenario {|IPT5201:\"open|}", TestName = "A quote that is never closed")]
    public void Refuses(string line) => ScenarioAssert.Reports($"""
        {Head}scenario "one"
          packet tcp 10.0.0.1:1 -> 10.0.0.2:2
          snapshot
        {line}
        """);

    [TestCase("never \"n\"\n  space tcp * -> *\n  {|IPT5203:path|} OUTPUT", TestName = "A path in a claim")]
    [TestCase("never {|IPT5210:\"n\"|}\n  space tcp * -> *", TestName = "A claim without a condition")]
    [TestCase("never {|IPT5210:\"n\"|}\n  verdict drop", TestName = "A claim without a space")]
    [TestCase("never \"n\"\n  space tcp * -> *\n  {|IPT5203:expect|} verdict drop\n  untouched", TestName = "An expectation in a claim")]
    [TestCase("never \"n\"\n  space tcp * -> *\n  {|IPT5203:packet|} tcp 1.1.1.1:1 -> 1.1.1.1:1\n  untouched", TestName = "A packet in a claim")]
    [TestCase("never \"n\"\n  space tcp * -> *\n  {|IPT5204:space|} udp * -> *\n  untouched", TestName = "Two spaces")]
    public void Refuses_of_a_claim(string claim) => ScenarioAssert.Reports(Head + claim);

    [TestCase("host \"a.json\"\n{|IPT5204:host|} \"b.json\"\n", TestName = "Two hosts")]
    [TestCase("{|IPT5203:packet|} tcp 1.1.1.1:1 -> 1.1.1.1:1\n", TestName = "A packet before the first scenario")]
    [TestCase("dump \"x\" {|IPT5211:ipx|}\n", TestName = "A family that there is not")]
    public void Refuses_in_the_head(string lines) => ScenarioAssert.Reports(Head + lines);

    [TestCase("\r\n", TestName = "CRLF")]
    [TestCase("\n", TestName = "LF")]
    public void Reads_line_breaks_comments_and_words_of_the_language_as_names(string lineBreak) => ScenarioAssert.Reports(string.Join(lineBreak,
    [
        "\uFEFF# A file",
        "dump \"pod.rules\" ipv4",
        "",
        "scenario \"one\" # of one",
        "  packet tcp 10.0.0.1:1 -> 10.0.0.2:2 in flow match \"x # y\" # not in the packet",
        "  snapshot",
    ]));
}
