using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A rate of packets, or of bytes, as <c>-m hashlimit</c> keeps it.</summary>
/// <param name="Packets">The rate of packets; null where it is one of bytes.</param>
/// <param name="ByteCost">What 16 bytes cost of a second's 2^32 - 1 credits; 0 for a rate of packets.</param>
/// <remarks>
/// Source: extensions/libxt_hashlimit.c, <c>bytes_to_cost</c>, <c>cost_to_bytes</c>, <c>print_bytes</c>. Bytes count in
/// blocks of 16, and a burst of bytes in multiples of the rate, so both may print smaller or larger than given.
/// </remarks>
internal readonly record struct HashlimitRate(Rate? Packets, ulong ByteCost)
{
    private const int BlockShift = 4;

    /// <summary>How many bytes a second the kernel really lets pass.</summary>
    public ulong BytesPerSecond => ((ByteCost == 0 ? uint.MaxValue : uint.MaxValue / ByteCost) - 1) << BlockShift;

    /// <summary>The rate of <paramref name="bytes"/> a second.</summary>
    public static HashlimitRate OfBytes(ulong bytes) => new(null, CostOf(bytes));

    /// <summary>A burst of <paramref name="bytes"/>, as a number of times the rate, rounded up.</summary>
    public ulong CountBurst(ulong bytes) => (bytes + BytesPerSecond - 1) / BytesPerSecond;

    /// <summary>A burst of so many times the rate, in the unit it prints in.</summary>
    public string FormatBurst(ulong count)
    {
        var bytes = BytesPerSecond * count;
        return bytes >= 1 << 20 ? Invariant(bytes >> 20, "mb") : bytes >= 1 << 10 ? Invariant(bytes >> 10, "kb") : Invariant(bytes, "b");
    }

    public override string ToString()
    {
        if (Packets is { } packets)
        {
            return packets.ToString();
        }
        var bytes = BytesPerSecond;
        return IsExactIn(20) ? Invariant(bytes >> 20, "mb/s") : IsExactIn(10) ? Invariant(bytes >> 10, "kb/s") : Invariant(bytes, "b/s");
    }

    private bool IsExactIn(int shift)
    {
        var unit = 1ul << shift;
        return BytesPerSecond >= unit && CostOf(BytesPerSecond & ~(unit - 1)) == ByteCost;
    }

    private static ulong CostOf(ulong bytes) => uint.MaxValue / ((ulong)(uint)(bytes >> BlockShift) + 1);

    private static string Invariant(ulong number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");
}
