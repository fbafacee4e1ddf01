using System.Xml.Linq;
using NUnit.Framework;

namespace RuleCompiler.Tests.Cli.Output;

internal sealed class LintJunitWriterTests
{
    private const string Dump = """
        *filter
        :INPUT ACCEPT [0:0]
        :unused - [0:0]
        -A INPUT -p tcp -j DROP
        -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
        COMMIT

        """;

    [Test]
    public void A_suite_for_each_file_and_a_case_for_each_finding()
    {
        using var folder = new TemporaryFolder();
        var xml = XDocument.Parse(RulecRun.Of(
            "lint",
            "--format",
            "junit",
            "--select",
            "IPT3001,IPT3012",
            folder.Write("dump", Dump),
            folder.Write("clean", "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n"),
            folder.Write("broken", "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j GONE\nCOMMIT\n"),
            folder.PathOf("missing")).Output);

        Assert.That(
            xml.Descendants("testsuite").Select(suite => $"{suite.Attribute("tests")?.Value} {suite.Attribute("failures")?.Value} {suite.Attribute("errors")?.Value}: "
                + string.Join(' ', suite.Elements("testcase").Select(one => one.Elements().FirstOrDefault()?.Name.LocalName ?? "passed"))),
            Is.EqualTo(["2 1 0: system-out failure", "1 0 0: passed", "1 0 1: error", "1 0 1: error"]));
    }

    [TestCase("info", 2)]
    [TestCase("error", 0)]
    public void What_fails_is_what_the_exit_code_counts(string failOn, int failures)
    {
        var xml = XDocument.Parse(RulecRun.WithInput(Dump, "lint", "--format", "junit", "--select", "IPT3001,IPT3012", "--fail-on", failOn).Output);

        Assert.That(xml.Descendants("failure").Count(), Is.EqualTo(failures));
    }

    [Test]
    public void Words_that_XML_cannot_hold_are_shown_as_numbers()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("\u0001\uFFFFdump", Dump);

        Assert.That(
            XDocument.Parse(RulecRun.Of("lint", path, "--format", "junit").Output).Descendants("testsuite").Single().Attribute("name")?.Value,
            Does.EndWith("\\x01\uFFFDdump"));
    }
}
