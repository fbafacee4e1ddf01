using System.Text;
using RuleCompiler.Cli.Output;

namespace RuleCompiler.Cli.Testing;

/// <summary>One snapshot as Verify has them: the accepted text, <c>X.verified.txt</c>, and beside it what came instead, <c>X.received.txt</c>.</summary>
/// <remarks>UTF-8 without a mark, LF; CRLF in a verified file counts as LF, for checkouts that convert. Files appear whole or not at all.</remarks>
/// <param name="verifiedPath">The path of the accepted text.</param>
internal sealed class SnapshotFile(string verifiedPath)
{
    public const string Verified = ".verified.txt";
    public const string Received = ".received.txt";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The path of what came instead.</summary>
    public string ReceivedPath { get; } = verifiedPath[..^Verified.Length] + Received;

    /// <summary>The accepted text; null where there is none.</summary>
    /// <exception cref="CommandFailedException">It cannot be read.</exception>
    public string? Read()
    {
        try
        {
            return File.Exists(verifiedPath) ? Normalize(File.ReadAllText(verifiedPath, Utf8)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(Problem.OfFile(verifiedPath, ToolDiagnostics.UnreadableInput, $"Cannot read: {e.Message}"));
        }
    }

    /// <summary>Makes a text the accepted one.</summary>
    /// <exception cref="CommandFailedException">It cannot be written.</exception>
    public void Accept(string text)
    {
        Write(verifiedPath, text);
        RemoveReceived();
    }

    /// <summary>Leaves a text beside the accepted one.</summary>
    /// <exception cref="CommandFailedException">It cannot be written.</exception>
    public void WriteReceived(string text) => Write(ReceivedPath, text);

    /// <summary>Removes what an earlier run left.</summary>
    /// <exception cref="CommandFailedException">It cannot be removed.</exception>
    public void RemoveReceived()
    {
        try
        {
            File.Delete(ReceivedPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(Problem.OfFile(ReceivedPath, ToolDiagnostics.UnwritableOutput, $"Cannot remove: {e.Message}"));
        }
    }

    /// <summary>A text with the line ends of a snapshot.</summary>
    public static string Normalize(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static void Write(string path, string text)
    {
        try
        {
            using var file = new AtomicFile(path);
            file.Stream.Write(Utf8.GetBytes(text));
            file.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(Problem.OfFile(path, ToolDiagnostics.UnwritableOutput, $"Cannot write: {e.Message}"));
        }
    }
}
