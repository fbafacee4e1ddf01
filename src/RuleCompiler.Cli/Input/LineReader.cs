using System.Text;

namespace RuleCompiler.Cli.Input;

/// <summary>Reads a stream line by line in constant memory.</summary>
/// <remarks>Text is UTF-8; a byte-order mark and the <c>\r</c> of CRLF are no part of a line.</remarks>
internal sealed class LineReader : IDisposable
{
    /// <summary>The longest line that is taken, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[2 * MaxBytes];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    public LineReader(Stream stream)
    {
        _stream = stream;
        while (!_isAtEnd && _end < MaxBytes && !_buffer.AsSpan(0, _end).Contains((byte)'\n'))
        {
            Fill();
        }
        if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
        {
            _start = 3;
        }
    }

    /// <summary>1-based number of the line read last.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The next line without its end; null behind the last one.</summary>
    /// <param name="isTooLong">Whether it is longer than <see cref="MaxBytes"/>; then its beginning is given.</param>
    public string? ReadLine(out bool isTooLong)
    {
        isTooLong = false;
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0 && !_isAtEnd && _end - _start <= MaxBytes)
        {
            Fill();
        }
        if (_start == _end)
        {
            return null;
        }
        LineNumber++;
        if (length < 0 && _end - _start > MaxBytes)
        {
            isTooLong = true;
            var beginning = Encoding.UTF8.GetString(_buffer, _start, 100);
            SkipLine();
            return beginning;
        }
        var line = length < 0 ? _buffer.AsSpan(_start, _end - _start) : _buffer.AsSpan(_start, length);
        _start += length < 0 ? line.Length : length + 1;
        isTooLong = line.Length > MaxBytes;
        return Encoding.UTF8.GetString(line is [.., (byte)'\r'] ? line[..^1] : line);
    }

    public void Dispose() => _stream.Dispose();

    private void SkipLine()
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0)
        {
            _start = _end = 0;
            if (_isAtEnd)
            {
                return;
            }
            Fill();
        }
        _start += length + 1;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        var count = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        _isAtEnd = count == 0;
    }
}
