using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>IPv6 addresses under another prefix, as SNPT and DNPT make them.</summary>
/// <remarks>
/// Source: net/ipv6/netfilter/ip6t_NPT.c, <c>ip6t_npt_map_pfx</c>; RFC 6296, sections 3.4 and 3.5. Sums are those of ones'
/// complement in 16 bits; the word that takes up the difference is the fourth, or with a prefix longer than 48 bits
/// the first behind those four that is not all ones.
/// </remarks>
internal static class PrefixTranslation
{
    private const int WordBits = 16;
    private const int MaxShortPrefix = 48;

    public static IpAddress Apply(Effect.MapPrefix map, IpAddress address)
    {
        var prefixBits = map.Length == 0 ? 0 : UInt128.MaxValue << (128 - map.Length);
        var value = (address.Value & ~prefixBits) | (map.To.Value & prefixBits);
        var shift = map.Length <= MaxShortPrefix ? 4 * WordBits : 3 * WordBits;
        while (map.Length > MaxShortPrefix && shift > 0 && Word(value, shift) == ushort.MaxValue)
        {
            shift -= WordBits;
        }
        var sum = Fold(Word(value, shift) + SumOf(map.From.Value) + (uint)(ushort)~SumOf(map.To.Value));
        var word = sum == ushort.MaxValue ? 0 : sum;
        return address with { Value = (value & ~((UInt128)ushort.MaxValue << shift)) | ((UInt128)word << shift) };
    }

    private static uint Word(UInt128 value, int shift) => (ushort)(value >> shift);

    private static uint SumOf(UInt128 value)
    {
        uint sum = 0;
        for (var shift = 0; shift < 128; shift += WordBits)
        {
            sum += Word(value, shift);
        }
        return Fold(sum);
    }

    private static uint Fold(uint sum)
    {
        while (sum > ushort.MaxValue)
        {
            sum = (ushort)sum + (sum >> WordBits);
        }
        return sum;
    }
}
