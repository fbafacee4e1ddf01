namespace RuleCompiler.Cli.Input.Captures;

/// <summary>Reads a .pcap file, of either byte order and resolution.</summary>
/// <remarks>Source: draft-ietf-opsawg-pcap, sections 4 and 5.</remarks>
internal sealed class PcapReader : ICaptureReader
{
    private const int HeaderBytes = 24;
    private const int LinkTypeMask = 0xFFFF; // above it the length of a checksum
    private readonly CaptureStream _stream;
    private readonly int _linkType;

    /// <exception cref="InvalidDataException">The header is cut off.</exception>
    public PcapReader(Stream stream)
    {
        _stream = new CaptureStream(stream);
        var header = _stream.Read(HeaderBytes);
        _stream.IsBigEndian = header[0] == 0xA1;
        _linkType = (int)_stream.Number(header.AsSpan(20)) & LinkTypeMask;
    }

    /// <summary>Whether a file begins as such a file does.</summary>
    public static bool IsStart(ReadOnlySpan<byte> head) => head is [0xD4, 0xC3, 0xB2, 0xA1, ..] or [0xA1, 0xB2, 0xC3, 0xD4, ..]
        or [0x4D, 0x3C, 0xB2, 0xA1, ..] or [0xA1, 0xB2, 0x3C, 0x4D, ..];

    public bool TryRead(out CapturedFrame frame)
    {
        if (_stream.ReadOrEnd(16) is not { } header)
        {
            frame = default;
            return false;
        }
        frame = new CapturedFrame(_stream.Read(_stream.Number(header.AsSpan(8))), _linkType, null);
        return true;
    }

    public void Dispose() => _stream.Dispose();
}
