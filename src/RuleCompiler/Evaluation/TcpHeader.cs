using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>What rules see of a TCP header that other rules have changed.</summary>
/// <remarks>Sources: net/ipv4/netfilter/ipt_ECN.c; net/netfilter/xt_TCPMSS.c, <c>tcpmss_mangle_packet</c>; xt_TCPOPTSTRIP.c.</remarks>
internal sealed record TcpHeader
{
    private const byte Padding = 1;
    private const byte SegmentSizeKind = 2;
    private const ushort SegmentSizeBytes = 4;
    private const int HeaderBytes = 20;

    private static readonly UInt128 SegmentSizeBit = UInt128.One << SegmentSizeKind;

    public TcpHeader(Packet packet)
    {
        Flags = packet.TcpFlags;
        Options = packet.TcpOptions;
        SegmentSize = FieldValue.Of(packet.MaximumSegmentSize);
        Length = packet.Length is { } length ? FieldValue.Of((UInt128)length) : FieldValue.AnyOf(PacketField.Length);
    }

    public TcpFlags Flags { get; init; }

    /// <summary>Kinds that are there.</summary>
    public ImmutableArray<byte> Options { get; private init; }

    /// <summary>The size announced; open without knowledge where it may be absent, too.</summary>
    public FieldValue SegmentSize { get; private init; }

    /// <summary>The packet's length, which an option more makes greater.</summary>
    public FieldValue Length { get; private init; }

    /// <summary>Kinds 0 to 127, or 128 to 255.</summary>
    public FieldValue OptionBits(int firstKind)
    {
        UInt128 bits = 0;
        foreach (var kind in Options)
        {
            bits |= kind >= firstKind && kind < firstKind + 128 ? UInt128.One << (kind - firstKind) : 0;
        }
        return firstKind == 0 && SegmentSize is { Status: FieldStatus.Open, Knowledge: null }
            ? FieldValue.Open(FieldKnowledge.Bits(bits & ~SegmentSizeBit, ~SegmentSizeBit, UInt128.MaxValue))
            : FieldValue.Of(bits);
    }

    /// <summary>The header with options turned into padding.</summary>
    public TcpHeader Without(ImmutableSortedSet<byte> kinds)
    {
        var left = Options.RemoveAll(kinds.Contains);
        return left.Length == Options.Length ? this : this with
        {
            Options = left.Contains(Padding) ? left : [.. left.Append(Padding).Order()],
            SegmentSize = kinds.Contains(SegmentSizeKind) ? FieldValue.Absent : SegmentSize,
        };
    }

    /// <summary>The header with a segment size of at most <paramref name="largest"/> bytes, null for one not known.</summary>
    public TcpHeader WithSegmentSize(ushort? largest, Packet packet)
    {
        switch (SegmentSize.Status)
        {
            case FieldStatus.Present:
                return this with { SegmentSize = AtMost((ushort)SegmentSize.Value, largest) };
            case FieldStatus.Open:
                return this with { SegmentSize = FieldValue.Several };
        }
        var (usual, header) = packet.Family == Family.IPv4 ? ((ushort)536, 20) : ((ushort)1220, 40);
        var data = packet.Length is { } length && packet.ExtensionHeaders.IsEmpty && OptionBytes() is { } options
            ? length - header - HeaderBytes - options : (int?)null;
        return data > 0 ? this : this with
        {
            SegmentSize = data is null ? FieldValue.Several : AtMost(usual, largest),
            Options = data is null || Options.Contains(SegmentSizeKind) ? Options : [.. Options.Append(SegmentSizeKind).Order()],
            Length = Length.Status == FieldStatus.Open ? Length
                : data is null ? FieldValue.Open(FieldKnowledge.Range(Length.Value, Length.Value + SegmentSizeBytes, ushort.MaxValue))
                : FieldValue.Of(Length.Value + SegmentSizeBytes),
        };
    }

    private static FieldValue AtMost(ushort size, ushort? largest) => largest is { } known
        ? FieldValue.Of((UInt128)Math.Min(size, known))
        : FieldValue.Open(FieldKnowledge.Range(0, size, ushort.MaxValue));

    /// <summary>Bytes of the options, filled up to words; null where a kind does not tell its length.</summary>
    private int? OptionBytes()
    {
        var sum = 0;
        foreach (var kind in Options)
        {
            if (kind is not (2 or 3 or 4 or 8))
            {
                return null;
            }
            sum += kind switch { 2 => 4, 3 => 3, 4 => 2, _ => 10 };
        }
        return (sum + 3) & ~3;
    }
}
