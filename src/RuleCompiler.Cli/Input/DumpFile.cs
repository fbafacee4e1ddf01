using System.Diagnostics;
using RuleCompiler.Cli.Output;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Input;

/// <summary>Reads an input that the user named: a file, standard input, either of them compressed by gzip.</summary>
internal static class DumpFile
{
    /// <summary>What is wrong with a path that is no file's.</summary>
    public const string IsDirectory = "Is a directory, not a file";

    private const string StandardInput = "-";
    private const int MaxBytes = 1 << 30;

    /// <summary>The files meant: those given, or standard input where none is and something is piped in.</summary>
    /// <exception cref="CommandFailedException">There is nothing to read.</exception>
    public static IReadOnlyList<string> Resolve(IReadOnlyList<string>? paths, Session session)
    {
        if (paths is { Count: > 0 })
        {
            return paths;
        }
        return session.Streams.IsInputTerminal ? throw new CommandFailedException("No FILE given, and nothing is piped in") : [StandardInput];
    }

    /// <inheritdoc cref="Resolve(IReadOnlyList{string}?, Session)"/>
    public static string Resolve(string? path, Session session) => Resolve(path is null ? null : [path], session)[0];

    /// <summary>How problems call a file.</summary>
    public static string NameOf(string path) => path == StandardInput ? "<stdin>" : path;

    /// <exception cref="CommandFailedException">It cannot be read.</exception>
    public static SourceText Read(string path, Session session)
    {
        var isStandardInput = path == StandardInput;
        var name = NameOf(path);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var bytes = isStandardInput ? ReadToEnd(session.Streams.Input, name) : ReadFile(path);
            if (bytes is [0x1F, 0x8B, ..])
            {
                using var content = new GzipInput(new MemoryStream(bytes));
                bytes = ReadToEnd(content, name);
            }
            var elapsed = Stopwatch.GetElapsedTime(started);
            session.Logger.FinishedStage(name, "read", bytes.Length, "bytes", elapsed);
            return SourceText.From(bytes, name);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failed(name, "No such file");
        }
        catch (UnauthorizedAccessException)
        {
            throw Failed(name, "Permission denied");
        }
        catch (InvalidDataException)
        {
            throw Failed(name, "The gzip data is damaged or cut off");
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            throw Failed(name, $"Cannot read: {e.Message}");
        }
    }

    private static byte[] ReadFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw Failed(path, IsDirectory);
        }
        using var file = File.OpenRead(path);
        if (!file.CanSeek || file.Length == 0)
        {
            // A pipe or a device: only reading it tells how much it holds.
            return ReadToEnd(file, path);
        }
        if (file.Length > MaxBytes)
        {
            throw Failed(path, "Larger than 1 GiB");
        }
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] ReadToEnd(Stream stream, string name)
    {
        using var buffer = new Utf8Buffer();
        while (stream.Read(buffer.GetSpan(64 * 1024)) is var count and > 0)
        {
            buffer.Advance(count);
            if (buffer.Length > MaxBytes)
            {
                throw Failed(name, "Larger than 1 GiB");
            }
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static CommandFailedException Failed(string path, string message) =>
        new(Problem.OfFile(path, ToolDiagnostics.UnreadableInput, message));
}
