using System.Buffers.Binary;
using System.Text;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>The attributes of a netlink message, or of one nested attribute.</summary>
internal readonly struct NetlinkAttributes(ReadOnlyMemory<byte> content)
{
    private const ushort TypeMask = 0x3fff;

    /// <summary>The value of an attribute; empty when it is absent.</summary>
    public ReadOnlyMemory<byte> this[int attribute]
    {
        get
        {
            for (var rest = content; rest.Length >= 4;)
            {
                var length = BitConverter.ToUInt16(rest.Span);
                if ((BitConverter.ToUInt16(rest.Span[2..]) & TypeMask) == attribute)
                {
                    return rest[4..length];
                }

                rest = rest[Math.Min(rest.Length, (length + 3) & ~3)..];
            }

            return default;
        }
    }

    public NetlinkAttributes Nested(int attribute) => new(this[attribute]);

    public string Text(int attribute) => Encoding.UTF8.GetString(this[attribute].Span).TrimEnd('\0');

    /// <summary>A 32-bit number in network byte order; 0 when it is absent.</summary>
    public uint Number(int attribute) =>
        this[attribute] is { Length: 4 } value ? BinaryPrimitives.ReadUInt32BigEndian(value.Span) : 0;

    /// <summary>A 64-bit number in network byte order; null when it is absent.</summary>
    public ulong? LongNumber(int attribute) =>
        this[attribute] is { Length: 8 } value ? BinaryPrimitives.ReadUInt64BigEndian(value.Span) : null;
}
