using NUnit.Framework;

namespace RuleCompiler.Tests.Cli.Linting;

internal sealed class SettingsFileTests
{
    private const string Shadowed = """
        *filter
        :FORWARD ACCEPT [0:0]
        -A FORWARD -p tcp -j DROP
        -A FORWARD -p tcp -m tcp --dport 22 -j ACCEPT
        COMMIT

        """;

    [TestCase("{}", "", ExpectedResult = 1)]
    [TestCase("""{ "lint": { "ignore": ["IPT3001"] } }""", "", ExpectedResult = 0)]
    [TestCase("""{ "lint": { "ignore": ["shadowed-conflict"] } }""", "", ExpectedResult = 0)]
    [TestCase("""{ "lint": { "select": ["IPT4"] } }""", "", ExpectedResult = 0)]
    [TestCase("""{ "lint": { "severity": { "IPT3001": "info" } } }""", "", ExpectedResult = 0)]
    [TestCase("""{ "lint": { "severity": { "IPT3001": "off" } } }""", "", ExpectedResult = 0)]
    [TestCase("""{ "lint": { "failOn": "error" } }""", "", ExpectedResult = 0)]
    [TestCase("""{ "$schema": "https://example.org/s.json", "lint": { "failOn": "never", }, } // and a comment""", "", ExpectedResult = 0)]
    [TestCase("""{ "lint": { "failOn": "never" } }""", "--fail-on info", ExpectedResult = 1)]
    [TestCase("""{ "lint": { "ignore": ["IPT3001"] } }""", "--select IPT3001", ExpectedResult = 1)]
    [TestCase("""{ "lint": { "ignore": ["IPT3001"] } }""", "--ignore IPT3002", ExpectedResult = 0)]
    [TestCase("""{ "lint": { "severity": { "IPT3001": "info" } } }""", "--severity IPT3001=warning", ExpectedResult = 1)]
    public int What_a_file_says_holds_unless_the_command_line_says_otherwise(string settings, string options)
    {
        using var folder = new TemporaryFolder();
        folder.Write(".rulec.json", settings);

        return RulecRun.Of(["lint", folder.Write("dump", Shadowed), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).ExitCode;
    }

    [Test]
    public void The_nearest_file_upward_counts_for_each_dump()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".rulec.json", """{ "lint": { "ignore": ["IPT3001"] } }""");
        Directory.CreateDirectory(folder.PathOf("a/deep/way/down"));
        Directory.CreateDirectory(folder.PathOf("b"));
        folder.Write("b/.rulec.json", "{}");

        var run = RulecRun.Of("lint", folder.Write("a/deep/way/down/dump", Shadowed), folder.Write("b/dump", Shadowed));

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Output, Does.Contain("b/dump(4,1): warning IPT3001"));
            Assert.That(run.Output, Does.Not.Contain("a/deep/way/down/dump"));
        });
    }

    [Test]
    public void Paths_in_it_are_beside_it()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("dumps"));
        var dump = folder.Write("dumps/dump", Shadowed);
        folder.Write("known.json", RulecRun.Of("lint", dump, "--format", "json").Output);
        folder.Write(".rulec.json", """{ "lint": { "baseline": "known.json" } }""");

        Assert.That(RulecRun.Of("lint", dump), Is.EqualTo(new RulecRun(0, "1 file: nothing found; 1 in the baseline\n", "")));
    }

    [TestCase("""{ "lint": { "failon": "never" } }""", "(1,13): error IPT9005: No setting 'failon'; there are select, ")]
    [TestCase("""{ "rules": {} }""", "(1,3): error IPT9005: No field 'rules'; there is lint")]
    [TestCase("""{ "lint": { "ignore": ["IPT9999"] } }""", "(1,24): error IPT9005: No check 'IPT9999'")]
    [TestCase("""{ "lint": { "ignore": "IPT3001" } }""", "(1,23): error IPT9005: Here stands a list of checks")]
    [TestCase("""{ "lint": { "severity": { "IPT3001": "loud" } } }""", "(1,38): error IPT9005: 'loud' is no severity")]
    [TestCase("""{ "lint": { "failOn": "always" } }""", "(1,23): error IPT9005: 'always' is none of ")]
    [TestCase("""[]""", "(1,1): error IPT9005: Here stands an object")]
    [TestCase("{ \"lint\":\n  nonsense }", "(2,4): error IPT9005: No JSON: ")]
    [TestCase("{} {}", "(1,4): error IPT9005: No JSON: ")]
    [TestCase("", "(1,1): error IPT9005: No JSON: ")]
    public void A_mistake_in_it_is_an_error_where_it_stands(string settings, string message)
    {
        using var folder = new TemporaryFolder();
        folder.Write(".rulec.json", settings);

        var run = RulecRun.Of("lint", folder.Write("dump", Shadowed));

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Errors, Does.StartWith(folder.PathOf(".rulec.json") + message));
            Assert.That(run.Errors.TrimEnd('\n'), Does.Not.Contain('\n'));
        });
    }
}
