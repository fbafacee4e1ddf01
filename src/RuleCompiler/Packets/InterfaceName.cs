using RuleCompiler.Text;


namespace RuleCompiler.Packets;

/// <summary>An interface name packed into a number, so that a name is a value and a <c>eth+</c> wildcard an interval.</summary>
/// <remarks>
/// Up to 15 bytes (IFNAMSIZ is 16 with its NUL), the first in the highest byte of a <see cref="UInt128"/>.
/// The number 0 is the empty name: what the kernel compares with where a hook has no such interface.
/// </remarks>
internal static class InterfaceName
{
    public const int MaxBytes = 15;

    /// <param name="name">At most <see cref="MaxBytes"/> bytes; further ones are cut off.</param>
    public static UInt128 Pack(ReadOnlySpan<byte> name)
    {
        UInt128 packed = 0;
        for (var i = 0; i < MaxBytes && i < name.Length; i++)
        {
            packed |= (UInt128)name[i] << (120 - (8 * i));
        }
        return packed;
    }

    public static UInt128 Pack(string name) => Pack(ByteText.GetBytes(name));

    /// <summary>The names that begin with <paramref name="prefix"/>; all, the empty one too, for an empty prefix.</summary>
    public static Interval WithPrefix(ReadOnlySpan<byte> prefix)
    {
        var low = Pack(prefix);
        var bits = 8 * Math.Min(prefix.Length, MaxBytes);
        return new Interval(low, bits == 0 ? UInt128.MaxValue : low | (UInt128.MaxValue >> bits));
    }

    public static string Unpack(UInt128 packed)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        var length = 0;
        for (; length < MaxBytes && (byte)(packed >> (120 - (8 * length))) is var b and not 0; length++)
        {
            bytes[length] = b;
        }
        return ByteText.GetString(bytes[..length]);
    }
}
