using System.Diagnostics;
using NUnit.Framework;
using RuleCompiler.Tests.Cli;

namespace RuleCompiler.Tests.Tools;

/// <summary>The step of the GitHub action, run by bash as a runner does, with a stand-in for the tool that prints its words.</summary>
internal sealed class ActionTests
{
    private const string Step = "      run: |\n";

    [TestCase("test gate.flows", ExpectedResult = "test|gate.flows")]
    [TestCase("lint *.rules", ExpectedResult = "lint|new.rules|old pod.rules")]
    [TestCase("lint 'old pod.rules' --fail-on error", ExpectedResult = "lint|old pod.rules|--fail-on|error")]
    public string Hands_the_words_of_the_command_to_the_tool(string command)
    {
        var (lines, exitCode) = Run(command);

        Assert.That(lines[0], Does.StartWith("::add-matcher::").And.EndsWith("/rulec-matcher.json"));
        Assert.That(exitCode, Is.EqualTo(1), "the tool's");
        return string.Join('|', lines.Skip(1));
    }

    private static (string[] Lines, int ExitCode) Run(string command)
    {
        using var folder = new TemporaryFolder();
        folder.Write("old pod.rules", "");
        folder.Write("new.rules", "");
        var tool = folder.Write("rulec", "#!/bin/bash\nprintf '%s\\n' \"$@\"\nexit 1\n");
        ProcessResult.Of(new ProcessStartInfo("chmod", ["+x", tool]));
        var action = File.ReadAllText(Repository.PathOf("tools/action.yml"));
        var script = folder.Write("step.sh", action[(action.IndexOf(Step, StringComparison.Ordinal) + Step.Length)..]);
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", script]) { WorkingDirectory = folder.Path };
        start.Environment["COMMAND"] = command;
        start.Environment["GITHUB_ACTION_PATH"] = folder.Path;
        var result = ProcessResult.Of(start);
        Assert.That(result.Errors, Is.Empty);
        return (result.Output.TrimEnd('\n').Split('\n'), result.ExitCode);
    }
}
