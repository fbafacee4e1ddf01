using System.Text;

namespace RuleCompiler.Cli.Input.Captures;

/// <summary>Reads a .pcapng file: its sections, their interfaces, and the packet blocks, enhanced and simple.</summary>
/// <remarks>Source: draft-ietf-opsawg-pcapng, sections 3 and 4.</remarks>
internal sealed class PcapngReader(Stream stream) : ICaptureReader
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint InterfaceDescription = 1;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;
    private const ushort NameOption = 2;
    private const uint BlockOverhead = 12; // type, length, and the length again
    private readonly CaptureStream _stream = new(stream);
    private readonly List<(int LinkType, string? Name)> _interfaces = [];

    /// <summary>Whether a file begins as such a file does.</summary>
    public static bool IsStart(ReadOnlySpan<byte> head) => head is [0x0A, 0x0D, 0x0D, 0x0A, ..];

    public bool TryRead(out CapturedFrame frame)
    {
        while (_stream.ReadOrEnd(8) is { } header)
        {
            var type = _stream.Number(header);
            var content = type == SectionHeader ? ReadSection(header) : ReadContent(_stream.Number(header.AsSpan(4)));
            switch (type)
            {
                case InterfaceDescription when content.Length < 8:
                case EnhancedPacket when content.Length < 20:
                case SimplePacket when content.Length < 4:
                    throw new InvalidDataException();
                case SectionHeader:
                    _interfaces.Clear();
                    break;
                case InterfaceDescription:
                    _interfaces.Add((_stream.Short(content), FindName(content.AsSpan(8))));
                    break;
                case EnhancedPacket:
                    frame = Frame(content, (int)_stream.Number(content), 20, _stream.Number(content.AsSpan(12)));
                    return true;
                case SimplePacket:
                    frame = Frame(content, 0, 4, Math.Min(_stream.Number(content), (uint)content.Length - 4));
                    return true;
            }
        }
        frame = default;
        return false;
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>A section says in its first word, behind its length, which byte order it has.</summary>
    private byte[] ReadSection(ReadOnlySpan<byte> header)
    {
        const int OrderBytes = 4;
        var order = _stream.Read(OrderBytes);
        _stream.IsBigEndian = order[0] == 0x1A;
        var length = _stream.Number(header[4..]);
        return length < BlockOverhead + OrderBytes ? throw new InvalidDataException() : ReadContent(length - OrderBytes);
    }

    /// <summary>What is between a block's length and its length again.</summary>
    private byte[] ReadContent(uint blockLength)
    {
        if (blockLength < BlockOverhead)
        {
            throw new InvalidDataException();
        }
        var content = _stream.Read(blockLength - BlockOverhead);
        _stream.Read(4);
        return content;
    }

    private CapturedFrame Frame(byte[] content, int number, int start, uint length) =>
        number < _interfaces.Count && start + length <= (uint)content.Length
            ? new CapturedFrame(content.AsMemory(start, (int)length), _interfaces[number].LinkType, _interfaces[number].Name)
            : throw new InvalidDataException();

    private string? FindName(ReadOnlySpan<byte> options)
    {
        while (options.Length >= 4)
        {
            var (code, length) = (_stream.Short(options), _stream.Short(options[2..]));
            if (code == 0 || 4 + length > options.Length)
            {
                return null;
            }
            if (code == NameOption)
            {
                return Encoding.UTF8.GetString(options.Slice(4, length)).TrimEnd('\0');
            }
            options = options[Math.Min(options.Length, 4 + ((length + 3) & ~3))..];
        }
        return null;
    }
}
