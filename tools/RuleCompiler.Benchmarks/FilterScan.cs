using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;
using RuleCompiler.Packets;

namespace RuleCompiler.Benchmarks;

/// <summary>
/// The filters of a ClassBench file, which is what the dump of a set was made from, tried one after the other: an answer
/// that knows nothing of dumps, and yet is there for a hundred thousand rules.
/// </summary>
/// <remarks>Eight filters are compared at once, each field as <c>x - low &lt;= high - low</c>.</remarks>
internal sealed class FilterScan
{
    private const int FieldCount = 5;
    private const int Together = 8;
    private readonly Vector256<uint>[] _lows;
    private readonly Vector256<uint>[] _sizes;

    private FilterScan(List<(uint Low, uint High)[]> filters)
    {
        var blockCount = (filters.Count + Together - 1) / Together;
        _lows = new Vector256<uint>[blockCount * FieldCount];
        _sizes = new Vector256<uint>[blockCount * FieldCount];
        for (var i = 0; i < filters.Count; i++)
        {
            for (var field = 0; field < FieldCount; field++)
            {
                var (low, high) = filters[i][field];
                ref var lows = ref _lows[(i / Together * FieldCount) + field];
                ref var sizes = ref _sizes[(i / Together * FieldCount) + field];
                lows = lows.WithElement(i % Together, low);
                sizes = sizes.WithElement(i % Together, high - low);
            }
        }
    }

    /// <summary>Reads <c>PATH.cb</c>; its last filter takes every packet.</summary>
    public static FilterScan Read(string path) => new([.. File.ReadLines(path + ".cb").Select(ReadFilter)]);

    /// <summary>The 1-based number of the first filter that a packet matches.</summary>
    public int Find(Packet packet)
    {
        ReadOnlySpan<Vector256<uint>> values =
        [
            Vector256.Create((uint)packet.Source.Address.Value),
            Vector256.Create((uint)packet.Destination.Address.Value),
            Vector256.Create((uint)(packet.Source.Port ?? 0)),
            Vector256.Create((uint)(packet.Destination.Port ?? 0)),
            Vector256.Create((uint)packet.Protocol),
        ];
        for (var block = 0; block < _lows.Length; block += FieldCount)
        {
            var inside = Vector256<uint>.AllBitsSet;
            for (var field = 0; field < FieldCount; field++)
            {
                inside &= Vector256.LessThanOrEqual(values[field] - _lows[block + field], _sizes[block + field]);
            }
            if (inside.ExtractMostSignificantBits() is var hits and not 0)
            {
                return (block / FieldCount * Together) + BitOperations.TrailingZeroCount(hits) + 1;
            }
        }
        throw new InvalidDataException("the last filter takes not every packet");
    }

    /// <summary><c>@SOURCE/LEN DESTINATION/LEN LOW : HIGH LOW : HIGH PROTOCOL/MASK</c>, between tabs.</summary>
    private static (uint Low, uint High)[] ReadFilter(string line)
    {
        var columns = line.TrimStart('@').Split('\t');
        var protocol = columns[4].Split('/');
        var number = uint.Parse(protocol[0].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return
        [
            ReadPrefix(columns[0]),
            ReadPrefix(columns[1]),
            ReadPorts(columns[2]),
            ReadPorts(columns[3]),
            protocol[1] == "0x00" ? (0, byte.MaxValue) : (number, number),
        ];
    }

    private static (uint Low, uint High) ReadPrefix(string text)
    {
        if (!AddressPrefix.TryParse(text, out var prefix))
        {
            throw new InvalidDataException(text);
        }
        var low = (uint)prefix.Network.Value;
        return (low, low | (uint)((1UL << (32 - prefix.Length)) - 1));
    }

    private static (uint Low, uint High) ReadPorts(string text)
    {
        var ends = text.Split(" : ");
        return (uint.Parse(ends[0], CultureInfo.InvariantCulture), uint.Parse(ends[1], CultureInfo.InvariantCulture));
    }
}
