using System.Globalization;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>An ICMP type and a closed range of codes, empty where it runs backwards.</summary>
/// <remarks>Source: net/netfilter/xt_tcpudp.c, <c>icmp_type_code_match</c>: in IPv4 type 255 stands for all.</remarks>
internal readonly record struct IcmpTypeTest(Family Family, byte Type, byte LowCode, byte HighCode) : IFieldValue
{
    /// <summary>The type that stands for all types in IPv4.</summary>
    public const byte AnyType = 255;

    private bool IsAny => Family == Family.IPv4 && Type == AnyType;

    public FieldSet ToFieldSet() => IsAny
        ? FieldSet.Present
        : FieldSet.Range((UInt128)((Type << 8) | LowCode), (UInt128)((Type << 8) | HighCode));

    public override string ToString() =>
        IsAny && LowCode == 0 && HighCode == byte.MaxValue ? "any"
        : LowCode == 0 && HighCode == byte.MaxValue ? Type.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Type}/{LowCode}");
}
