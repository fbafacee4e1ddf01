using System.Buffers;
using System.Runtime.ExceptionServices;

namespace RuleCompiler.Cli.Input;

/// <summary>Cuts a stream into blocks of whole lines.</summary>
/// <remarks>
/// What a pipe has is given at once, so that a slow one is answered line by line. A line too long for a block is cut
/// short: enough is left of it to see that it is too long.
/// </remarks>
internal sealed class LineBlockReader(Stream stream) : IDisposable
{
    private const int BlockBytes = 256 * 1024;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private int _end;
    private long _nextLine = 1;
    private bool _isAtStart = true;
    private bool _isAtEnd;

    /// <summary>What is wrong behind the lines read so far.</summary>
    private ExceptionDispatchInfo? _damage;

    /// <summary>The next block; null behind the last.</summary>
    /// <exception cref="InvalidDataException">The input is damaged behind the last block.</exception>
    public LineBlock? Read()
    {
        while (true)
        {
            var lines = _isAtEnd ? _end : _buffer.AsSpan(0, _end).LastIndexOf((byte)'\n') + 1;
            if (lines > 0)
            {
                return Take(lines);
            }
            if (_isAtEnd)
            {
                _damage?.Throw();
                return null;
            }
            if (_end == _buffer.Length)
            {
                return TakeOverlong();
            }
            Fill();
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        stream.Dispose();
    }

    private void Fill()
    {
        try
        {
            var count = stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += count;
            _isAtEnd = count == 0;
        }
        catch (InvalidDataException e)
        {
            // The whole lines before are given first; the one that is cut off is none.
            _damage = ExceptionDispatchInfo.Capture(e);
            _end = _buffer.AsSpan(0, _end).LastIndexOf((byte)'\n') + 1;
            _isAtEnd = true;
        }
    }

    private LineBlock Take(int length)
    {
        var taken = _buffer;
        _buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        taken.AsSpan(length, _end - length).CopyTo(_buffer);
        _end -= length;
        var start = _isAtStart && taken.AsSpan(0, length).StartsWith("\uFEFF"u8) ? 3 : 0;
        _isAtStart = false;
        var block = new LineBlock(taken, start, length, _nextLine);
        _nextLine += taken.AsSpan(0, length).Count((byte)'\n');
        return block;
    }

    private LineBlock TakeOverlong()
    {
        var beginning = _buffer;
        _buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        _isAtStart = false;
        do
        {
            _end = 0;
            Fill();
        }
        while (!_isAtEnd && !_buffer.AsSpan(0, _end).Contains((byte)'\n'));
        var behind = _buffer.AsSpan(0, _end).IndexOf((byte)'\n') + 1;
        _buffer.AsSpan(behind, _end - behind).CopyTo(_buffer);
        _end -= behind;
        return new LineBlock(beginning, 0, LineReader.MaxBytes + 1, _nextLine++);
    }
}
