using System.IO.Compression;

namespace RuleCompiler.Cli.Input;

/// <summary>What gzip has packed, read to its end or not as if it were whole.</summary>
/// <remarks>
/// <see cref="GZipStream"/> takes data that is cut off for data that is whole. So a member of one byte is put behind it, and
/// that byte is looked for at the end: a member without its end swallows or spoils it.
/// </remarks>
/// <param name="compressed">Read from where it stands.</param>
internal sealed class GzipInput(Stream compressed) : ForwardStream
{
    private const byte EndMark = 0;
    private readonly GZipStream _content = new(new ReplayStream(default, compressed, EndMember()), CompressionMode.Decompress);

    /// <summary>The last byte read, which may be the mark.</summary>
    private byte? _held;

    /// <exception cref="InvalidDataException">The data is damaged or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = _content.Read(buffer);
            if (count == 0)
            {
                return _held == EndMark ? 0 : throw new InvalidDataException();
            }
            var last = buffer[count - 1];
            if (_held is { } before)
            {
                buffer[..(count - 1)].CopyTo(buffer[1..]);
                buffer[0] = before;
                _held = last;
                return count;
            }
            _held = last;
            if (count > 1)
            {
                return count - 1;
            }
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }
        base.Dispose(disposing);
    }

    private static byte[] EndMember()
    {
        using var member = new MemoryStream();
        using (var end = new GZipStream(member, CompressionLevel.Fastest, leaveOpen: true))
        {
            end.WriteByte(EndMark);
        }
        return member.ToArray();
    }
}
