using System.Runtime.CompilerServices;
using System.Text;
using NUnit.Framework;

namespace RuleCompiler.Tests;

/// <summary>Compares a result with the text that somebody read and accepted.</summary>
/// <remarks>
/// The convention is that of Verify: <c>CLASS.METHOD.verified.txt</c> beside the test's source, UTF-8, LF;
/// what came instead is left as <c>.received.txt</c>, and removed once the two agree.
/// </remarks>
internal static class Snapshot
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

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
        var receivedPath = verifiedPath.Replace(".verified.txt", ".received.txt", StringComparison.Ordinal);
        var received = Normalize(actual);
        var verified = File.Exists(verifiedPath) ? Normalize(File.ReadAllText(verifiedPath, Utf8)) : null;
        if (received == verified)
        {
            File.Delete(receivedPath);
            return;
        }
        File.WriteAllText(receivedPath, received, Utf8);
        var difference = verified is null ? "there is no verified file yet" : FirstDifference(verified, received);
        Assert.Fail($"""
            {Path.GetFileName(verifiedPath)}: {difference}
            Read the whole of it, then accept it with
              mv '{receivedPath}' \
                 '{verifiedPath}'
            """);
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string FirstDifference(string verified, string received)
    {
        var expected = verified.Split('\n');
        var actual = received.Split('\n');
        var line = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"""
            first difference in line {line + 1}
              verified: {Show(expected, line)}
              received: {Show(actual, line)}
            """;
    }

    private static string Show(string[] lines, int index) => index < lines.Length ? lines[index] : "(end of text)";
}
