using System.Numerics;

namespace RuleCompiler.PacketSpaces;

/// <summary>Some bits of both marks, and of the exclusive or of the two, which says what no product of values can: that they are equal.</summary>
/// <remarks>
/// All three name the same values. A box may limit each; it holds packets only where values of the two marks make one of the
/// third, which <see cref="HasPackets"/> says.
/// </remarks>
internal sealed class MarkPart
{
    private readonly MarkDimension?[] _dimensions;
    private readonly UInt128 _othersCount;

    /// <param name="packet">These bits of the packet's mark.</param>
    /// <param name="connection">The same bits of the connection's mark; null where nothing asks for it.</param>
    /// <param name="difference">Of the exclusive or of both; null where they are not compared.</param>
    public MarkPart(MarkDimension packet, MarkDimension? connection, MarkDimension? difference)
    {
        _dimensions = [null, packet, connection, difference];
        _othersCount = (UInt128.One << BitOperations.PopCount(packet.Mask)) - (UInt128)packet.Named.Count;
        (Packet, Connection, Difference) = (packet, connection, difference);
    }

    public MarkDimension Packet { get; }

    public MarkDimension? Connection { get; }

    public MarkDimension? Difference { get; }

    /// <summary>What a dimension of this part has become, as a sum; null where it is not known.</summary>
    public MarkSum? SumOf(MarkDimension part, Change? change) => change switch
    {
        null => new MarkSum(SourcesOf(part.Index), 0),
        Change.Constant constant when part.IsSingle(constant.Class) && constant.Class != part.AbsentClass => new MarkSum(MarkSources.None, (uint)part.ValueOf(constant.Class)),
        Change.Mapped { Map: null, Source: var source } => new MarkSum(SourcesOf(source), 0),
        // 0 is always named, and so what it is turned into is, where turned values are followed at all.
        Change.Mapped { Map: { } map, Source: var source } when map[part.ClassOf(0)] is >= 0 and var zero && part.IsSingle(zero) =>
            new MarkSum(SourcesOf(source), (uint)part.ValueOf(zero)),
        _ => null,
    };

    /// <summary>A sum as a change of one of the dimensions; null where it leaves the dimension as it was.</summary>
    public Change? ChangeOf(MarkDimension part, MarkSum sum)
    {
        if (sum.Sources == MarkSources.None)
        {
            return new Change.Constant(part.ClassOf(sum.Bits));
        }
        var source = _dimensions[(int)sum.Sources] ?? throw new InvalidOperationException();
        return sum.Bits != 0 ? new Change.Mapped(source.Index, Operation(sum.Bits), source.MapOf(value => value ^ sum.Bits))
            : source.Index == part.Index ? null : new Change.Mapped(source.Index, "", null);
    }

    /// <summary>The text of an operation that turns bits round.</summary>
    public static string Operation(uint bits) => $"^{bits}";

    /// <summary>Which packets have a sum of 0; null where no class says it.</summary>
    /// <param name="sum">A sum of one mark, or of both.</param>
    /// <param name="box">The packets; one mark is asked for where the other is known.</param>
    public SpaceTest? IsZero(MarkSum sum, ulong[] box)
    {
        if (sum.Sources == MarkSources.Both && Connection is { } connection)
        {
            if (ValueOf(Packet, box) is { } mark)
            {
                return Test(connection, mark ^ sum.Bits);
            }
            if (ValueOf(connection, box) is { } other)
            {
                return Test(Packet, other ^ sum.Bits);
            }
        }
        return _dimensions[(int)sum.Sources] is { } dimension ? Test(dimension, sum.Bits) : null;
    }

    private static SpaceTest? Test(MarkDimension dimension, uint value) => dimension.ClassOf(value) is var cls && dimension.IsSingle(cls)
        ? new SpaceTest(dimension.Index, dimension.CodeOf(cls)) : null;

    /// <summary>The only value that a box has; null where it has several.</summary>
    private static uint? ValueOf(MarkDimension dimension, ulong[] box) =>
        dimension.IsPoint(box[dimension.Index]) && dimension.FirstClass(box[dimension.Index]) is var cls && cls != dimension.AbsentClass && dimension.IsSingle(cls)
            ? (uint)dimension.ValueOf(cls) : null;

    private MarkSources SourcesOf(int dimension) => (MarkSources)Array.FindIndex(_dimensions, own => own?.Index == dimension);

    /// <summary>Whether a box limits how the two marks differ.</summary>
    public bool IsLimitedBy(ulong[] box) => Difference is { } difference && box[difference.Index] != difference.Full;

    /// <summary>Whether values of the two marks in a box make a value of the third in it.</summary>
    public bool HasPackets(ulong[] box) => !IsLimitedBy(box) || IsOfNoConnection(box) || HasPairs(box);

    /// <summary>How many values a box has of the two marks together; it limits how they differ.</summary>
    public BigInteger Count(ulong[] box)
    {
        var (pairs, isLeftOut) = (UInt128.Zero, HasOthers(Difference!, box));
        for (var cls = 0; cls < Difference!.Named.Count; cls++)
        {
            pairs += Difference.Has(box[Difference.Index], cls) != isLeftOut ? PairsOf(box, Difference.Named[cls]) : 0;
        }
        return (isLeftOut ? (CountOf(Packet, box) * CountOf(Connection!, box)) - pairs : pairs) + (IsOfNoConnection(box) ? CountOf(Packet, box) : 0);
    }

    /// <summary>Values of the two marks; 0 for that of no connection, which is taken where no connection has any.</summary>
    public (uint Packet, uint Connection) Pick(ulong[] box)
    {
        if (!HasPairs(box))
        {
            return (ValuesIn(Packet, box).First(), 0);
        }
        // Of values that are not named there are too many to go through all, but for each that does not fit there is a named one.
        var pairs = HasOthers(Difference!, box)
            ? from mark in ValuesIn(Packet, box) from other in ValuesIn(Connection!, box) select (Packet: mark, Connection: other)
            : from bits in ValuesIn(Difference!, box)
              from pair in HasOthers(Connection!, box)
                  ? ValuesIn(Packet, box).Select(mark => (Packet: mark, Connection: mark ^ bits))
                  : ValuesIn(Connection!, box).Select(other => (Packet: other ^ bits, Connection: other))
              select pair;
        return pairs.First(pair => Has(Packet, box, pair.Packet) && Has(Connection!, box, pair.Connection) && Has(Difference!, box, pair.Packet ^ pair.Connection));
    }

    private bool IsOfNoConnection(ulong[] box) => Connection is { AbsentClass: >= 0 and var none } connection && Difference is { } difference
        && connection.Has(box[connection.Index], none) && difference.Has(box[difference.Index], difference.AbsentClass);

    private bool HasPairs(ulong[] box)
    {
        if (!HasOthers(Difference!, box))
        {
            return Difference!.Named.Any(bits => Has(Difference, box, bits) && PairsOf(box, bits) != 0);
        }
        // Each difference that is left out takes one value of the other mark from each value at most.
        if (_othersCount > (UInt128)Packet.Named.Count && box[Connection!.Index] != Connection.Absent && (HasOthers(Packet, box) || HasOthers(Connection, box)))
        {
            return true;
        }
        var (marks, others) = (CountOf(Packet, box), CountOf(Connection!, box));
        var leftOut = (UInt128)(Difference!.Named.Count - Difference.CountNamed(box[Difference.Index]));
        return marks * others > leftOut * UInt128.Min(marks, others) || Count(box) - (IsOfNoConnection(box) ? marks : 0) > 0;
    }

    /// <summary>How many pairs of marks of a box differ by some bits.</summary>
    private UInt128 PairsOf(ulong[] box, uint bits)
    {
        var (hasOthers, hasOtherOthers) = (HasOthers(Packet, box), HasOthers(Connection!, box));
        var (pairs, leaving) = (UInt128.Zero, 0u);
        for (var cls = 0; cls < Packet.Named.Count; cls++)
        {
            var value = Packet.Named[cls];
            var isLeaving = !Packet.IsNamed(value ^ bits);
            leaving += isLeaving ? 1u : 0u; // as many others are turned into named ones
            pairs += Packet.Has(box[Packet.Index], cls) && Has(Connection!, box, value ^ bits) ? 1u : 0u;
            pairs += isLeaving && hasOthers && Connection!.Has(box[Connection.Index], cls) ? 1u : 0u;
        }
        return pairs + (hasOthers && hasOtherOthers ? _othersCount - leaving : 0);
    }

    private UInt128 CountOf(MarkDimension dimension, ulong[] box) =>
        (UInt128)dimension.CountNamed(box[dimension.Index]) + (HasOthers(dimension, box) ? _othersCount : 0);

    private static bool Has(MarkDimension dimension, ulong[] box, uint value) => dimension.Has(box[dimension.Index], dimension.ClassOf(value));

    private bool HasOthers(MarkDimension dimension, ulong[] box) => _othersCount > 0 && dimension.Has(box[dimension.Index], dimension.Named.Count);

    /// <summary>The values of a box, those that are named first.</summary>
    private IEnumerable<uint> ValuesIn(MarkDimension dimension, ulong[] box)
    {
        foreach (var value in dimension.Named.Where(value => Has(dimension, box, value)))
        {
            yield return value;
        }
        if (!HasOthers(dimension, box))
        {
            yield break;
        }
        uint other = 0;
        do
        {
            if (!dimension.IsNamed(other))
            {
                yield return other;
            }
            other = (other - dimension.Mask) & dimension.Mask;
        }
        while (other != 0);
    }
}
