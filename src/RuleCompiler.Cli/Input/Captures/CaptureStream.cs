using System.Buffers.Binary;

namespace RuleCompiler.Cli.Input.Captures;

/// <summary>Numbers and bytes of a capture file, in the byte order of the machine that wrote it.</summary>
internal sealed class CaptureStream(Stream stream) : IDisposable
{
    /// <summary>Larger pieces are taken for a damaged length.</summary>
    private const int MaxBytes = 16 << 20;

    public bool IsBigEndian { get; set; }

    public uint Number(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public ushort Short(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    /// <summary>Reads so many bytes.</summary>
    /// <returns>Null where the file ends before the first.</returns>
    /// <exception cref="InvalidDataException">The file ends among them.</exception>
    public byte[]? ReadOrEnd(int count)
    {
        var bytes = new byte[count];
        var length = stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        return length == count ? bytes : length == 0 ? null : throw new InvalidDataException();
    }

    /// <inheritdoc cref="ReadOrEnd"/>
    public byte[] Read(uint count) =>
        count > MaxBytes ? throw new InvalidDataException() : ReadOrEnd((int)count) ?? throw new InvalidDataException();

    public void Dispose() => stream.Dispose();
}
