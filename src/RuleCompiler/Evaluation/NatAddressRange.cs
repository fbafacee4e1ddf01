using System.Buffers.Binary;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>Which address of a range NAT takes: not a random one, but one that hangs on both ends of the packet.</summary>
/// <remarks>
/// Source: net/netfilter/nf_nat_core.c, <c>find_best_ips_proto</c>: a hash of the source, seeded with the
/// destination, is scaled to the range, for IPv6 word by word. Holds on a little-endian machine, which reads the
/// address's bytes so. Where the destination itself is replaced, each word already replaced goes into the next one's hash.
/// </remarks>
internal static class NatAddressRange
{
    /// <param name="low">First address.</param>
    /// <param name="high">Last address.</param>
    /// <param name="source">The packet's source before this translation.</param>
    /// <param name="destination">Its destination, likewise.</param>
    /// <param name="isSource">Whether the source is replaced, rather than the destination.</param>
    /// <param name="zone">Conntrack zone.</param>
    /// <param name="isPersistent">The address hangs on the source alone.</param>
    public static IpAddress Pick(
        IpAddress low, IpAddress high, IpAddress source, IpAddress destination, bool isSource, ushort zone, bool isPersistent)
    {
        Span<uint> lowWords = stackalloc uint[4];
        Span<uint> highWords = stackalloc uint[4];
        Span<uint> sourceWords = stackalloc uint[4];
        Span<uint> destinationWords = stackalloc uint[4];
        ToWords(low, lowWords);
        ToWords(high, highWords);
        ToWords(source, sourceWords);
        ToWords(destination, destinationWords);
        var last = low.Family == Family.IPv4 ? 0 : 3;
        foreach (ref var word in sourceWords)
        {
            word = BinaryPrimitives.ReverseEndianness(word);
        }
        var hash = JenkinsHash.Hash(
            sourceWords, isPersistent ? 0 : BinaryPrimitives.ReverseEndianness(destinationWords[last]) ^ zone);
        UInt128 picked = 0;
        var isBelowMaximum = false;
        for (var i = 0; i <= last; i++)
        {
            var first = isBelowMaximum ? 0 : lowWords[i];
            var distance = isBelowMaximum ? uint.MaxValue : highWords[i] - lowWords[i] + 1;
            var word = first + (uint)(((ulong)hash * distance) >> 32);
            isBelowMaximum |= word != highWords[i];
            if (!isPersistent)
            {
                hash ^= BinaryPrimitives.ReverseEndianness(isSource ? destinationWords[i] : word);
            }
            picked = (picked << 32) | word;
        }
        return new IpAddress(low.Family, picked);
    }

    /// <summary>The address's words in order, the most significant first; an IPv4 address is the first, the others 0.</summary>
    private static void ToWords(IpAddress address, Span<uint> words)
    {
        words.Clear();
        if (address.Family == Family.IPv4)
        {
            words[0] = (uint)address.Value;
            return;
        }
        for (var i = 0; i < 4; i++)
        {
            words[i] = (uint)(address.Value >> (96 - (32 * i)));
        }
    }
}
