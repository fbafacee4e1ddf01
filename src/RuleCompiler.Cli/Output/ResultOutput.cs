using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Where a result goes: standard output, or a file that appears whole or not at all.</summary>
/// <remarks>Writers append to <see cref="Buffer"/> and call <see cref="FlushIfFull"/> now and then; <see cref="Complete"/> ends it.</remarks>
internal sealed class ResultOutput : IDisposable
{
    private const int FlushBytes = 64 * 1024;

    private readonly Stream _stream;
    private readonly string _name;
    private readonly AtomicFile? _file;
    private readonly Session _session;

    private ResultOutput(Stream stream, string name, AtomicFile? file, Session session)
    {
        _session = session;
        _stream = stream;
        _name = name;
        _file = file;
    }

    /// <summary>Bytes written out so far.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>What is not written yet.</summary>
    public Utf8Buffer Buffer { get; } = new();

    /// <param name="session">The run.</param>
    /// <param name="path">The file of <c>-o</c>; null or <c>-</c> for standard output.</param>
    public static ResultOutput Open(Session session, string? path = null)
    {
        if (path is null or "-")
        {
            return new ResultOutput(session.Streams.Output, "<stdout>", null, session);
        }
        try
        {
            var file = new AtomicFile(path);
            return new ResultOutput(file.Stream, path, file, session);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Failed(path, e);
        }
    }

    /// <summary>Standard error, for what is told where standard output holds something else.</summary>
    public static ResultOutput OpenErrors(Session session) =>
        new(session.Streams.Error, "<stderr>", null, session);

    /// <summary>Writes the buffer out once it holds enough to be worth a system call.</summary>
    public void FlushIfFull()
    {
        if (Buffer.Length >= FlushBytes)
        {
            Flush();
        }
    }

    /// <summary>Writes the buffer out.</summary>
    /// <exception cref="OperationCanceledException">The user pressed Ctrl-C; a file then keeps what it had.</exception>
    public void Flush()
    {
        _session.Cancellation.ThrowIfCancellationRequested();
        try
        {
            _stream.Write(Buffer.WrittenSpan);
        }
        catch (IOException e) when (ClosedPipeException.Is(e))
        {
            throw new ClosedPipeException(e);
        }
        catch (IOException e)
        {
            throw Failed(_name, e);
        }
        _session.HasResult |= Buffer.Length > 0 && _stream == _session.Streams.Output;
        BytesWritten += Buffer.Length;
        Buffer.Clear();
    }

    /// <summary>Writes the rest, and gives a file its name.</summary>
    public void Complete()
    {
        Flush();
        try
        {
            _file?.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(_name, e);
        }
    }

    public void Dispose()
    {
        Buffer.Dispose();
        _file?.Dispose();
    }

    private static CommandFailedException Failed(string name, Exception e) =>
        new(Problem.OfFile(name, ToolDiagnostics.UnwritableOutput, $"Cannot write: {e.Message}"));
}
