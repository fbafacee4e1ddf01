using System.Text;
using RuleCompiler.Cli.Input.Captures;
using RuleCompiler.Cli.Output;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input;

/// <summary>Opens a list of packets and finds out what form it has.</summary>
internal static class PacketLists
{
    public const string TooLong = "The line is longer than 64 KiB";

    /// <summary>Of a file that ends too soon, or was packed badly.</summary>
    public const string Damaged = "The input is damaged or cut off";

    private const int HeadBytes = LineReader.MaxBytes;
    private const string StandardInput = "-";

    /// <summary>The list of a file or of standard input, plain or compressed by gzip.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="host">The machine that the packets are seen on.</param>
    /// <param name="ports">Source ports that make no difference; null where each may.</param>
    /// <param name="session">The run; it is told of fields that are none of a packet's.</param>
    /// <exception cref="CommandFailedException">It cannot be read, or is no list of packets.</exception>
    public static IPacketBatches Open(string path, HostFacts host, SourcePortClasses? ports, Session session)
    {
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        void OnUnknownField(string name)
        {
            if (unknown.Add(name))
            {
                session.Say($"{DumpFile.NameOf(path)}: '{name}' is no field of a packet and is ignored");
            }
        }
        var (file, stream, head) = OpenStream(path, session);
        double? Done() => file.CanSeek && file.Length > 0 ? (double)file.Position / file.Length : null;
        if (PcapReader.IsStart(head) || PcapngReader.IsStart(head))
        {
            var reader = OpenCapture(stream, head, path);
            return new RecordBatches(new CaptureList(reader, new FrameParser(new ArrivalInference(host))), Done);
        }
        var text = Encoding.UTF8.GetString(head.AsSpan().StartsWith("\uFEFF"u8) ? head.AsSpan(3) : head).AsSpan().TrimStart();
        var firstLine = text.IndexOf('\n') is var end and >= 0 ? text[..end] : text;
        if (text is not ['{', ..] && CsvList.IsHeader(firstLine))
        {
            return new RecordBatches(new CsvList(new LineReader(stream), OnUnknownField), Done);
        }
        var arrivals = new ArrivalInference(host);
        Func<ILineParser> createParser = text is ['{', ..] ? () => new NdjsonParser()
            : ConntrackParser.IsOfListing(firstLine) ? () => new ConntrackParser(arrivals)
            : () => new ExpressionParser();
        return new LineBatches(new LineBlockReader(stream), createParser, new LineMemo(ports), OnUnknownField, Done);
    }

    private static ICaptureReader OpenCapture(Stream stream, ReadOnlySpan<byte> head, string path)
    {
        try
        {
            return PcapReader.IsStart(head) ? new PcapReader(stream) : new PcapngReader(stream);
        }
        catch (InvalidDataException)
        {
            throw Failed(path, Damaged);
        }
    }

    /// <summary>The file, its content from the beginning, and as much of the beginning as tells its form.</summary>
    private static (Stream File, Stream Content, byte[] Head) OpenStream(string path, Session session)
    {
        try
        {
            var stream = path == StandardInput ? session.Streams.Input : File.OpenRead(path);
            var (whole, head) = Peek(stream, 2);
            var (content, beginning) = Peek(head is [0x1F, 0x8B, ..] ? new GzipInput(whole) : whole, HeadBytes);
            return (stream, content, beginning);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failed(path, "No such file");
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            throw Failed(path, DumpFile.IsDirectory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Failed(path, $"Cannot read: {e.Message}");
        }
    }

    /// <summary>Looks at the first bytes, no further than the first line's end where there is one among them.</summary>
    private static (Stream Whole, byte[] Head) Peek(Stream stream, int count)
    {
        var head = new byte[count];
        var length = 0;
        while (length < count && !head.AsSpan(0, length).TrimStart("\r\n"u8).Contains((byte)'\n')
            && stream.Read(head, length, count - length) is var read and > 0)
        {
            length += read;
        }
        return (new ReplayStream(head.AsMemory(0, length), stream), head[..length]);
    }

    private static CommandFailedException Failed(string path, string message) =>
        new(Problem.OfFile(DumpFile.NameOf(path), ToolDiagnostics.UnreadableInput, message));
}
