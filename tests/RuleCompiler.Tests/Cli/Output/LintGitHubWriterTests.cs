using NUnit.Framework;

namespace RuleCompiler.Tests.Cli.Output;

internal sealed class LintGitHubWriterTests
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
    public void An_annotation_for_each_finding()
    {
        var lines = RulecRun.WithInput(Dump, "lint", "--format", "github", "--select", "IPT3001,IPT3012").Output.TrimEnd('\n').Split('\n');

        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.EqualTo(2));
            Assert.That(lines[0], Does.StartWith("::notice file=<stdin>,line=3,col=1,title=IPT3012 "));
            Assert.That(lines[1], Does.StartWith("::warning file=<stdin>,line=5,col=1,title=IPT3001 "));
            Assert.That(lines[1], Does.Contain("%0Aline 4: "));
        });
    }

    [Test]
    public void Words_of_a_dump_begin_no_command_of_their_own()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a,b:c%\n::set-output", Dump);

        var run = RulecRun.Of("lint", path, folder.PathOf("gone\n::stop-commands"), "--format", "github");

        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Contain("a%2Cb%3Ac%25%0A%3A%3Aset-output,line="));
            Assert.That(run.Output.TrimEnd('\n').Split('\n'), Has.All.StartsWith("::notice ").Or.StartsWith("::warning ").Or.StartsWith("::error "));
        });
    }
}
