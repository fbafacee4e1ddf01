using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Packets;

/// <summary>Prints a test of one field so that a person can read it: <c>dst 10.0.0.0/8</c>, <c>!uid 1337</c>, <c>dport 22,80-90</c>.</summary>
/// <remarks>
/// <c>!</c> before the field's name is the plain opposite, which a packet without the field satisfies too;
/// behind the name (<c>dport !22</c>) it asks for the field with another value. A set prints as its
/// complement where that is shorter.
/// </remarks>
internal static class FieldSetText
{
    public static void Write(Utf8Buffer buffer, PacketField field, FieldSet set, Family family)
    {
        if (IsFlag(field))
        {
            WriteName(buffer, field, isNegated: !set.Contains(1));
        }
        else if (FieldNames.HasNamedValues(field))
        {
            WriteNamedValues(buffer, field, set);
        }
        else if (AsBitTest(field, set, family) is var (bits, mask))
        {
            WriteBitTest(buffer, field, set, bits, mask, family);
        }
        else
        {
            WriteRanges(buffer, field, set, family);
        }
    }

    /// <summary>The names of one value of a field that has them: a state, or the bits that are set.</summary>
    public static void WriteNames(Utf8Buffer buffer, PacketField field, UInt128 value)
    {
        foreach (var (named, name) in FieldNames.Values(field))
        {
            if (named == value)
            {
                buffer.Append(name);
                return;
            }
        }
        WriteBits(buffer, field, value);
    }

    private static bool IsFlag(PacketField field) =>
        field is PacketField.HasSocket or PacketField.IsLaterFragment or PacketField.PhysicalIsBridged or PacketField.IsReassembled;

    /// <summary>Whether every packet has the field, so that the two places of <c>!</c> mean the same.</summary>
    private static bool IsAlwaysPresent(PacketField field) =>
        field is PacketField.Protocol or PacketField.Source or PacketField.Destination
            or PacketField.InInterface or PacketField.OutInterface or PacketField.Length or PacketField.Ttl
            or PacketField.Tos or PacketField.FrameKind or PacketField.Mark or PacketField.ConntrackState or PacketField.ExtensionHeaders
            or (>= PacketField.SourceAddressType and <= PacketField.DestinationAddressTypeOnOut);

    private static void WriteName(Utf8Buffer buffer, PacketField field, bool isNegated)
    {
        if (isNegated)
        {
            buffer.Append((byte)'!');
        }
        buffer.Append(PacketFieldInfo.Name(field));
    }

    /// <summary>Name, blank and the sign where it belongs; a protocol speaks for itself.</summary>
    private static void WriteStart(Utf8Buffer buffer, PacketField field, bool isNegated, bool includesAbsent)
    {
        var signFirst = isNegated && (includesAbsent || IsAlwaysPresent(field));
        if (signFirst)
        {
            buffer.Append((byte)'!');
        }
        if (field != PacketField.Protocol)
        {
            buffer.Append(PacketFieldInfo.Name(field));
            buffer.Append((byte)' ');
        }
        if (isNegated && !signFirst)
        {
            buffer.Append((byte)'!');
        }
    }

    /// <summary>One of a few named values, such as a state: those in the set, or all but one.</summary>
    private static void WriteNamedValues(Utf8Buffer buffer, PacketField field, FieldSet set)
    {
        var values = FieldNames.Values(field);
        var contained = values.Count(v => set.Contains(v.Value));
        var isNegated = contained == values.Length - 1 && contained > 1;
        WriteStart(buffer, field, isNegated, set.IncludesAbsent);
        var start = buffer.Length;
        foreach (var (value, name) in values)
        {
            if (set.Contains(value) != isNegated)
            {
                WriteComma(buffer, start);
                buffer.Append(name);
            }
        }
        WriteAbsent(buffer, set, isNegated);
    }

    /// <summary>Bits and mask of a set of a bit field, whether it has the bit-test form or became an interval.</summary>
    private static (UInt128 Bits, UInt128 Mask)? AsBitTest(PacketField field, FieldSet set, Family family)
    {
        if (set.IsMasked)
        {
            return (set.Bits, set.Mask);
        }
        if (!FieldNames.HasNamedBits(field) || set.Ranges is not [var range])
        {
            return null;
        }
        var max = Max(field, family);
        var size = UInt128.Min(range.High, max) - range.Low;
        return (size & (size + 1)) == 0 && (range.Low & size) == 0 && size != max ? (range.Low, max & ~size) : null;
    }

    private static void WriteBitTest(
        Utf8Buffer buffer, PacketField field, FieldSet set, UInt128 bits, UInt128 mask, Family family)
    {
        var isNegated = set.IsMasked && set.IsNegated;
        if (FieldNames.HasNamedBits(field) && bits == 0 && field != PacketField.TcpFlags)
        {
            // 'Not all of these bits are clear' reads better as 'one of these bits is set'.
            WriteStart(buffer, field, !isNegated, set.IncludesAbsent);
            WriteBits(buffer, field, mask);
            WriteAbsent(buffer, set, !isNegated);
            return;
        }
        WriteStart(buffer, field, isNegated, set.IncludesAbsent);
        if (FieldNames.HasNamedBits(field))
        {
            WriteBits(buffer, field, bits);
            buffer.Append((byte)'/');
            WriteBits(buffer, field, mask);
        }
        else
        {
            FieldValueText.Write(buffer, field, bits, family);
            buffer.Append((byte)'/');
            FieldValueText.Write(buffer, field, mask, family);
        }
        WriteAbsent(buffer, set, isNegated);
    }

    private static void WriteBits(Utf8Buffer buffer, PacketField field, UInt128 bits)
    {
        if (bits == 0)
        {
            buffer.Append("NONE"u8);
            return;
        }
        var start = buffer.Length;
        for (var bit = 0; bit < 128; bit++)
        {
            if ((bits >> bit & 1) == 1)
            {
                WriteComma(buffer, start);
                FieldNames.WriteBit(buffer, field, bit);
            }
        }
    }

    private static void WriteRanges(Utf8Buffer buffer, PacketField field, FieldSet set, Family family)
    {
        var max = Max(field, family);
        var gaps = set.Complement(max).Ranges;
        var isNegated = gaps.Length > 0
            && (gaps.Length < set.Ranges.Length || (gaps.Length == set.Ranges.Length && set.IncludesAbsent) || set.Ranges.IsEmpty);
        WriteStart(buffer, field, isNegated, set.IncludesAbsent);
        var start = buffer.Length;
        foreach (var range in isNegated ? gaps : set.Ranges)
        {
            WriteComma(buffer, start);
            FieldValueText.WriteRange(buffer, field, range.Low, UInt128.Min(range.High, max), max, family);
        }
        WriteAbsent(buffer, set, isNegated);
    }

    private static void WriteAbsent(Utf8Buffer buffer, FieldSet set, bool isNegated)
    {
        if (set.IncludesAbsent && !isNegated)
        {
            buffer.Append(" or none"u8);
        }
    }

    private static void WriteComma(Utf8Buffer buffer, int start)
    {
        if (buffer.Length > start)
        {
            buffer.Append((byte)',');
        }
    }

    private static UInt128 Max(PacketField field, Family family) =>
        family == Family.IPv4 && FieldValueText.IsAddress(field) ? uint.MaxValue : PacketFieldInfo.Max(field);
}
