using System.Diagnostics;
using NUnit.Framework;
using RuleCompiler.Cli.Commands;

namespace RuleCompiler.Tests.Cli.Commands;

/// <summary>Completion scripts name every command and option; where the shell is there, it runs them.</summary>
internal sealed class CompletionCommandTests
{
    [TestCase("bash")]
    [TestCase("zsh")]
    [TestCase("fish")]
    [TestCase("pwsh")]
    public void Names_every_command(string shell)
    {
        var script = RulecRun.Of("completion", shell).Output;

        Assert.That(CommandCatalog.Create().Select(c => c.Name).Where(name => !script.Contains(name, StringComparison.Ordinal)), Is.Empty);
        Assert.That(script, Does.Contain("markdown").And.Contain("istio-ambient").And.Contain("IPT2001"), "values");
    }

    [TestCase("rulec fl", ExpectedResult = "flows")]
    [TestCase("rulec flows --form", ExpectedResult = "--format")]
    [TestCase("rulec -q compile --emit d", ExpectedResult = "dot")]
    [TestCase("rulec --color ", ExpectedResult = "always auto never")]
    [TestCase("rulec flows --profile k", ExpectedResult = "kuma")]
    [TestCase("rulec flows po", ExpectedResult = "", Description = "the shell completes a file")]
    public string In_bash(string line)
    {
        using var folder = new TemporaryFolder();
        var script = folder.Write("complete.bash", RulecRun.Of("completion", "bash").Output + $$"""

            read -ra COMP_WORDS <<<'{{line}}'
            [[ '{{line}}' != *' ' ]] || COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _rulec
            echo "${COMPREPLY[*]}"
            """);
        return RunOrSkip("bash", script);
    }

    [Test]
    public void In_zsh()
    {
        using var folder = new TemporaryFolder();
        var script = folder.Write("complete.zsh", "autoload -U compinit; compinit -u -D\n"
            + RulecRun.Of("completion", "zsh").Output + "\nwhence -w _rulec\n");

        Assert.That(RunOrSkip("zsh", "-f", script), Is.EqualTo("_rulec: function"));
    }

    /// <remarks>An interactive shell on a terminal of its own; reading waits until the last completion is shown.</remarks>
    [TestCase("rulec flows --profile istio-\\t\\t", "*istio-ambient*istio-tproxy*")]
    public void In_zsh_on_a_terminal(string keys, string shown)
    {
        using var folder = new TemporaryFolder();
        var completion = folder.Write("completion.zsh", RulecRun.Of("completion", "zsh").Output);
        var script = folder.Write("complete.zsh", $"""
            zmodload zsh/zpty
            zpty z zsh -f -i
            zpty -w z 'autoload -U compinit; compinit -u -D; source {completion}; bindkey "^I" complete-word; echo RE""ADY'
            zpty -r z text '*READY*'
            zpty -w -n z $'{keys}'
            zpty -r z text '{shown}'
            zpty -d z
            echo shown
            """);

        Assert.That(RunOrSkip("zsh", "-f", script), Is.EqualTo("shown"));
    }

    [TestCase("rulec flows --format ", ExpectedResult = "json markdown svg text")]
    [TestCase("rulec completion ", ExpectedResult = "bash fish pwsh zsh")]
    public string In_fish(string line)
    {
        using var folder = new TemporaryFolder();
        var script = folder.Write("complete.fish", RulecRun.Of("completion", "fish").Output + $"\ncomplete -C '{line}' | string replace -r '\\t.*' ''\n");
        return RunOrSkip("fish", "--no-config", script).Replace('\n', ' ');
    }

    [TestCase("rulec fl", ExpectedResult = "flows")]
    [TestCase("rulec flows --format ", ExpectedResult = "json markdown svg text")]
    [TestCase("rulec test --acc", ExpectedResult = "--accept")]
    [TestCase("rulec -q compile --emit d", ExpectedResult = "dot")]
    [TestCase("rulec --color ", ExpectedResult = "always auto never")]
    [TestCase("rulec flows po", ExpectedResult = "", Description = "the shell completes a file")]
    [TestCase("rulec flows --host ", ExpectedResult = "", Description = "the shell completes a file")]
    public string In_powershell(string line)
    {
        using var folder = new TemporaryFolder();
        var empty = folder.PathOf("empty");
        Directory.CreateDirectory(empty);
        var script = folder.Write("complete.ps1", RulecRun.Of("completion", "pwsh").Output
            + $"\nSet-Location '{empty}'\n(TabExpansion2 -inputScript '{line}' -cursorColumn {line.Length}).CompletionMatches.CompletionText -join ' '\n");
        return RunOrSkip("pwsh", "-NoProfile", "-NonInteractive", "-File", script);
    }

    private static string RunOrSkip(string shell, params string[] arguments)
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!paths.Any(folder => File.Exists(Path.Join(folder, shell))))
        {
            Assert.Ignore($"needs {shell}");
        }
        var result = ProcessResult.Of(new ProcessStartInfo(shell, arguments));
        Assert.That(result.Errors, Is.Empty);
        return result.Output.Trim();
    }
}
