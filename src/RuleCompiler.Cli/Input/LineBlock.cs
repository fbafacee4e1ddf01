using System.Buffers;

namespace RuleCompiler.Cli.Input;

/// <summary>Whole lines of an input, in memory that goes back to the shared pool.</summary>
/// <param name="bytes">Rented.</param>
/// <param name="start">Where the first line begins.</param>
/// <param name="end">Behind the last line.</param>
/// <param name="firstLine">1-based number of the first line.</param>
internal sealed class LineBlock(byte[] bytes, int start, int end, long firstLine) : IDisposable
{
    private int _next = start;
    private int _lineStart = start;
    private int _lineLength = -1;

    /// <summary>1-based number of the line read last.</summary>
    public long LineNumber { get; private set; } = firstLine - 1;

    /// <summary>Whether the line read last is, byte for byte, the one before it: in lists of packets most are.</summary>
    public bool IsRepeated { get; private set; }

    /// <summary>The next line without its end, be it LF or CRLF.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var rest = bytes.AsSpan(_next, end - _next);
        if (rest.IsEmpty)
        {
            line = default;
            return false;
        }
        var length = rest.IndexOf((byte)'\n');
        line = length < 0 ? rest : rest[..length];
        line = line is [.., (byte)'\r'] ? line[..^1] : line;
        IsRepeated = line.Length == _lineLength && line.SequenceEqual(bytes.AsSpan(_lineStart, _lineLength));
        (_lineStart, _lineLength) = (_next, line.Length);
        _next += length < 0 ? rest.Length : length + 1;
        LineNumber++;
        return true;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);
}
