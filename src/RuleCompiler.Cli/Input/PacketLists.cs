using System.IO.Compression;
using System.Text;
using RuleCompiler.Cli.Output;

namespace RuleCompiler.Cli.Input;

/// <summary>Opens a list of packets and finds out what form it has.</summary>
internal static class PacketLists
{
    public const string TooLong = "The line is longer than 64 KiB";

    private const string StandardInput = "-";

    /// <summary>The list of a file or of standard input, plain or compressed by gzip.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="session">The run; it is told of fields that are none of a packet's.</param>
    /// <param name="lines">What the caller disposes of at the end.</param>
    /// <exception cref="CommandFailedException">It cannot be read, or is no list of packets.</exception>
    public static IPacketList Open(string path, Session session, out LineReader lines)
    {
        lines = new LineReader(OpenStream(path, session));
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        void OnUnknownField(string name)
        {
            if (unknown.Add(name))
            {
                session.Say($"{path}: '{name}' is no field of a packet and is ignored");
            }
        }
        RefuseCapture(path, lines.Head);
        var head = Encoding.UTF8.GetString(lines.Head).AsSpan().TrimStart();
        var firstLine = head.IndexOf('\n') is var end and >= 0 ? head[..end] : head;
        return head is ['{', ..] ? new NdjsonList(lines, OnUnknownField)
            : CsvList.IsHeader(firstLine) ? new CsvList(lines, OnUnknownField)
            : new ExpressionList(lines);
    }

    private static Stream OpenStream(string path, Session session)
    {
        try
        {
            var stream = path == StandardInput ? session.Streams.Input : File.OpenRead(path);
            var head = new byte[2];
            var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            var whole = new ReplayStream(head.AsMemory(0, length), stream);
            return head is [0x1F, 0x8B] ? new GZipStream(whole, CompressionMode.Decompress) : whole;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failed(path, "No such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Failed(path, $"Cannot read: {e.Message}");
        }
    }

    private static void RefuseCapture(string path, ReadOnlySpan<byte> head)
    {
        var isCapture = head is [0xD4, 0xC3, 0xB2, 0xA1, ..] or [0xA1, 0xB2, 0xC3, 0xD4, ..] or [0x4D, 0x3C, 0xB2, 0xA1, ..]
            or [0xA1, 0xB2, 0x3C, 0x4D, ..] or [0x0A, 0x0D, 0x0D, 0x0A, ..];
        if (isCapture)
        {
            throw Failed(path, "Is a capture file; give packets as NDJSON, CSV or expressions");
        }
    }

    private static CommandFailedException Failed(string path, string message) =>
        new(Problem.OfFile(path == StandardInput ? "<stdin>" : path, ToolDiagnostics.UnreadableInput, message));
}
