using System.Collections.Immutable;
using RuleCompiler.Cli.Testing;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints what failed as annotations of GitHub Actions.</summary>
internal static class TestGitHubWriter
{
    public static void Write(ResultOutput output, ImmutableArray<TestFile> files)
    {
        foreach (var file in files)
        {
            foreach (var diagnostic in file.Diagnostics)
            {
                var command = Problem.Word(diagnostic.Severity) is "info" ? "notice" : Problem.Word(diagnostic.Severity);
                GitHubCommand.Write(
                    output.Buffer, command, diagnostic.Location.Source.Path, diagnostic.Location.Start, diagnostic.Id, diagnostic.Message);
            }
            foreach (var result in file.Results)
            {
                foreach (var failure in result.Failures)
                {
                    GitHubCommand.Write(
                        output.Buffer, "error", file.Text.Path, file.PlaceOf(failure.Span), result.Item.Name.Text, FailureText.Write(failure));
                }
            }
            output.FlushIfFull();
        }
    }
}
