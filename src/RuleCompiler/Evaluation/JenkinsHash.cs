using System.Numerics;

namespace RuleCompiler.Evaluation;

/// <summary>Bob Jenkins' lookup3 hash over 32-bit words, as the kernel has it.</summary>
/// <remarks>Source: include/linux/jhash.h, <c>jhash2</c>; Bob Jenkins, lookup3.c, 2006, public domain.</remarks>
internal static class JenkinsHash
{
    private const uint InitialValue = 0xdeadbeef;

    public static uint Hash(ReadOnlySpan<uint> words, uint seed)
    {
        uint a, b, c;
        a = b = c = InitialValue + ((uint)words.Length << 2) + seed;
        while (words.Length > 3)
        {
            a += words[0];
            b += words[1];
            c += words[2];
            Mix(ref a, ref b, ref c);
            words = words[3..];
        }
        if (words.IsEmpty)
        {
            return c;
        }
        a += words[0];
        b += words.Length > 1 ? words[1] : 0;
        c += words.Length > 2 ? words[2] : 0;
        return Finish(a, b, c);
    }

    private static void Mix(ref uint a, ref uint b, ref uint c)
    {
        a = (a - c) ^ BitOperations.RotateLeft(c, 4);
        c += b;
        b = (b - a) ^ BitOperations.RotateLeft(a, 6);
        a += c;
        c = (c - b) ^ BitOperations.RotateLeft(b, 8);
        b += a;
        a = (a - c) ^ BitOperations.RotateLeft(c, 16);
        c += b;
        b = (b - a) ^ BitOperations.RotateLeft(a, 19);
        a += c;
        c = (c - b) ^ BitOperations.RotateLeft(b, 4);
        b += a;
    }

    private static uint Finish(uint a, uint b, uint c)
    {
        c = (c ^ b) - BitOperations.RotateLeft(b, 14);
        a = (a ^ c) - BitOperations.RotateLeft(c, 11);
        b = (b ^ a) - BitOperations.RotateLeft(a, 25);
        c = (c ^ b) - BitOperations.RotateLeft(b, 16);
        a = (a ^ c) - BitOperations.RotateLeft(c, 4);
        b = (b ^ a) - BitOperations.RotateLeft(a, 14);
        return (c ^ b) - BitOperations.RotateLeft(b, 24);
    }
}
