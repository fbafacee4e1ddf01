using System.Diagnostics;
using System.Text;
using NUnit.Framework;

namespace RuleCompiler.Tests.Architecture;

/// <summary>Every command in a <c>console</c> block of a README does what is shown there.</summary>
[Platform("Linux")]
internal sealed class ReadmeCommandTests
{
    private static IEnumerable<string> Documents =>
        new[] { "examples", "grammar", "src", "tests", "tools" }
            .SelectMany(folder => Repository.Files(folder, "README.md"))
            .Prepend("README.md");

    [OneTimeSetUp]
    public void BuildTool()
    {
        var build = Bash(Repository.Root, "tools/rulec --version");
        Assert.That(build.ExitCode, Is.Zero, build.Output);
    }

    // One case a document: its commands run in order, as a reader runs them.
    [TestCaseSource(nameof(Documents))]
    public void Commands_do_what_is_shown(string document)
    {
        var path = Repository.PathOf(document);
        var folder = Path.GetDirectoryName(path) ?? Repository.Root;
        var failures = new StringBuilder();
        foreach (var command in ConsoleCommand.InMarkdown(File.ReadAllText(path)))
        {
            var result = Bash(folder, command.Text);
            if (result.ExitCode != command.ExitCode || !command.Prints(result.Output))
            {
                failures.Append($"""

                    {document}:{command.Line}: $ {command.Text}
                    exits {result.ExitCode} where {command.ExitCode} is shown, and prints
                    {result.Output}
                    where this is shown:
                    {command.Output}

                    """);
            }
        }
        Assert.That(failures.ToString(), Is.Empty);
    }

    // One pipe for both streams keeps their order; 'rulec' works in every folder.
    private static ProcessResult Bash(string folder, string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"exec 2>&1\n{command}"]) { WorkingDirectory = folder };
        start.Environment["PATH"] = $"{Repository.PathOf("tools")}:{Environment.GetEnvironmentVariable("PATH")}";
        return ProcessResult.Of(start);
    }
}
