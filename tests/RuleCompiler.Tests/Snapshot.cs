using System.Runtime.CompilerServices;
using NUnit.Framework;
using RuleCompiler.Cli.Testing;
using RuleCompiler.Scenarios;

namespace RuleCompiler.Tests;

/// <summary>Compares a result with the text that somebody read and accepted.</summary>
/// <remarks>
/// <c>CLASS.METHOD.verified.txt</c> beside the test's source, read, written and compared by what does the same for
/// <c>rulec test</c>; what came instead is left as <c>.received.txt</c>, and removed once the two agree.
/// </remarks>
internal static class Snapshot
{
    private const int LinesShown = 20;

    /// <summary>Fails unless <paramref name="actual"/> is the snapshot of the calling test.</summary>
    /// <param name="actual">The text; CRLF counts as LF.</param>
    /// <param name="name">Tells the cases of one test apart: <c>CLASS.METHOD_NAME.verified.txt</c>.</param>
    /// <param name="sourcePath">Given by the compiler.</param>
    /// <param name="method">Given by the compiler.</param>
    public static void Verify(
        string actual,
        string? name = null,
        [CallerFilePath] string sourcePath = "",
        [CallerMemberName] string method = "")
    {
        var test = $"{Path.ChangeExtension(sourcePath, null)}.{method}";
        VerifyFile(actual, $"{test}{(name is null ? "" : $"_{name}")}.verified.txt");
    }

    /// <summary>Fails unless <paramref name="actual"/> is the text of a verified file.</summary>
    /// <param name="actual">The text; CRLF counts as LF.</param>
    /// <param name="verifiedPath">Full path, ending in <c>.verified.txt</c>.</param>
    public static void VerifyFile(string actual, string verifiedPath)
    {
        var file = new SnapshotFile(verifiedPath);
        var received = SnapshotFile.Normalize(actual);
        var verified = file.Read();
        if (received == verified)
        {
            file.RemoveReceived();
            return;
        }
        file.WriteReceived(received);
        var difference = verified is null
            ? "there is no verified file yet"
            : $"the lines that differ\n{string.Join('\n', DifferingLines.Between(verified, received).Take(LinesShown))}";
        Assert.Fail($"""
            {Path.GetFileName(verifiedPath)}: {difference}
            Read the whole of it, then accept it with
              mv '{file.ReceivedPath}' \
                 '{verifiedPath}'
            """);
    }
}
