using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Packets;

/// <summary>Prints a field's values in their natural form: addresses, ports, interface patterns, marks in hexadecimal.</summary>
internal static class FieldValueText
{
    public static bool IsAddress(PacketField field) =>
        field is PacketField.Source or PacketField.Destination or PacketField.OriginalSource
            or PacketField.OriginalDestination or PacketField.ReplySource or PacketField.ReplyDestination;

    /// <summary>One value.</summary>
    public static void Write(Utf8Buffer buffer, PacketField field, UInt128 value, Family family)
    {
        switch (field)
        {
            case var _ when IsAddress(field):
                WriteAddress(buffer, value, family);
                break;
            case PacketField.InInterface or PacketField.OutInterface or PacketField.PhysicalIn or PacketField.PhysicalOut:
                buffer.AppendDisplayed(value == 0 ? "none" : InterfaceName.Unpack(value));
                break;
            case PacketField.Protocol or PacketField.ConntrackProtocol:
                buffer.Append(IpProtocol.Name((byte)value));
                break;
            case PacketField.IcmpTypeCode:
                buffer.AppendNumber((byte)(value >> 8));
                buffer.Append((byte)'/');
                buffer.AppendNumber((byte)value);
                break;
            case PacketField.MacSource:
                WriteMac(buffer, (ulong)value);
                break;
            case PacketField.Mark or PacketField.ConnectionMark or PacketField.MarkDifference or PacketField.Tos:
                buffer.AppendHex(value);
                break;
            default:
                buffer.AppendNumber(value);
                break;
        }
    }

    /// <summary>A closed interval: a prefix, a wildcard or value and mask where it is one, else both ends.</summary>
    /// <remarks>From 0 to <paramref name="max"/>, the field's largest value, it is <c>*</c>.</remarks>
    public static void WriteRange(Utf8Buffer buffer, PacketField field, UInt128 low, UInt128 high, UInt128 max, Family family)
    {
        if (low == 0 && high == max)
        {
            buffer.Append((byte)'*');
        }
        else if (low == high)
        {
            Write(buffer, field, low, family);
        }
        else if (!TryWriteBlock(buffer, field, low, high, max, family))
        {
            Write(buffer, field, low, family);
            buffer.Append((byte)'-');
            Write(buffer, field, high, family);
        }
    }

    /// <summary>Intervals of a power of two of values, where the field has a form for them.</summary>
    private static bool TryWriteBlock(Utf8Buffer buffer, PacketField field, UInt128 low, UInt128 high, UInt128 max, Family family)
    {
        var rest = high - low;
        if ((rest & (rest + 1)) != 0 || (low & rest) != 0)
        {
            return false;
        }
        switch (field)
        {
            case var _ when IsAddress(field):
                WriteAddress(buffer, low, family);
                buffer.Append((byte)'/');
                buffer.AppendNumber(IpAddress.WidthOf(family) - (int)UInt128.PopCount(rest));
                return true;
            case PacketField.InInterface or PacketField.OutInterface or PacketField.PhysicalIn or PacketField.PhysicalOut:
                buffer.AppendDisplayed(InterfaceName.Unpack(low));
                buffer.Append((byte)'+');
                return true;
            case PacketField.IcmpTypeCode when rest == byte.MaxValue:
                buffer.AppendNumber((byte)(low >> 8));
                return true;
            case PacketField.Mark or PacketField.ConnectionMark or PacketField.MarkDifference or PacketField.Tos:
                buffer.AppendHex(low);
                buffer.Append((byte)'/');
                buffer.AppendHex(max & ~rest);
                return true;
            default:
                return false;
        }
    }

    private static void WriteAddress(Utf8Buffer buffer, UInt128 value, Family family)
    {
        if (family == Family.IPv4)
        {
            var v = (uint)value;
            buffer.AppendNumber(v >> 24);
            buffer.Append((byte)'.');
            buffer.AppendNumber((v >> 16) & 255);
            buffer.Append((byte)'.');
            buffer.AppendNumber((v >> 8) & 255);
            buffer.Append((byte)'.');
            buffer.AppendNumber(v & 255);
            return;
        }
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        new IPAddress(bytes).TryFormat(buffer.GetSpan(64), out var written);
        buffer.Advance(written);
    }

    private static void WriteMac(Utf8Buffer buffer, ulong value)
    {
        for (var shift = 40; shift >= 0; shift -= 8)
        {
            ((byte)(value >> shift)).TryFormat(buffer.GetSpan(2), out var written, "x2", CultureInfo.InvariantCulture);
            buffer.Advance(written);
            if (shift > 0)
            {
                buffer.Append((byte)':');
            }
        }
    }
}
