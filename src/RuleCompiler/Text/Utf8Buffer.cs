using System.Buffers;
using System.Globalization;
using System.Text;

namespace RuleCompiler.Text;

/// <summary>A growing run of UTF-8 bytes, for output that is too much to build from strings.</summary>
/// <remarks>Rents its memory from the shared pool; for one thread.</remarks>
internal sealed class Utf8Buffer : IBufferWriter<byte>, IDisposable
{
    private const int InitialBytes = 4096;
    private const int MaxNumberBytes = 40; // a UInt128 has at most 39 digits

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(InitialBytes);

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, Length);

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Clear() => Length = 0;

    public void Append(byte value)
    {
        if (Length == _bytes.Length)
        {
            Grow(1);
        }
        _bytes[Length++] = value;
    }

    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(GetSpan(utf8.Length));
        Length += utf8.Length;
    }

    /// <summary>Once more what was written before.</summary>
    public void AppendAgain(int start, int length)
    {
        EnsureRoom(length);
        WrittenSpan.Slice(start, length).CopyTo(_bytes.AsSpan(Length));
        Length += length;
    }

    /// <summary>The same byte <paramref name="count"/> times; nothing for a count below 1.</summary>
    public void Append(byte value, int count)
    {
        if (count > 0)
        {
            GetSpan(count)[..count].Fill(value);
            Length += count;
        }
    }

    public void Append(ReadOnlySpan<char> text) =>
        Length += Encoding.UTF8.GetBytes(text, GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));

    /// <summary>Decimal digits.</summary>
    public void AppendNumber<T>(T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(GetSpan(MaxNumberBytes), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary><c>0x</c> and hexadecimal digits in lower case, no leading zeros.</summary>
    public void AppendHex(UInt128 value)
    {
        Append("0x"u8);
        value.TryFormat(GetSpan(MaxNumberBytes), out var written, "x", CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Text from a dump, made safe for a terminal: see <see cref="DisplayText"/>.</summary>
    public void AppendDisplayed(ReadOnlySpan<char> text)
    {
        var rest = text;
        while (DisplayText.IndexOfUnsafe(rest) is var index and >= 0)
        {
            Append(rest[..index]);
            DisplayText.AppendEscaped(this, rest[index]);
            rest = rest[(index + 1)..];
        }
        Append(rest);
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _bytes.AsSpan(Length);
    }

    public override string ToString() => Encoding.UTF8.GetString(WrittenSpan);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    private void EnsureRoom(int sizeHint)
    {
        if (_bytes.Length - Length < Math.Max(1, sizeHint))
        {
            Grow(Math.Max(1, sizeHint));
        }
    }

    private void Grow(int room)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + room));
        WrittenSpan.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
