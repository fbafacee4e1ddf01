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
    public bool HasPackets(ulong[] box) => !IsLimitedBy(box) || Classes(box).Any();

    /// <summary>How many values a box has of the two marks together.</summary>
    public BigInteger Count(ulong[] box) => Classes(box).Aggregate(BigInteger.Zero, (sum, classes) => sum + CountOf(classes));

    /// <summary>Values of the two marks, the least there are; 0 for that of no connection.</summary>
    public (uint Packet, uint Connection) Pick(ulong[] box)
    {
        foreach (var (mark, other, difference) in Classes(box))
        {
            foreach (var value in ValuesOf(Packet, mark))
            {
                if (Connection is not { } connection || other == connection.AbsentClass)
                {
                    return (value, 0);
                }
                foreach (var another in connection.IsSingle(other) ? ValuesOf(connection, other) : ValuesOf(Difference!, difference).Select(bits => value ^ bits))
                {
                    if (connection.ClassOf(another) == other && Difference!.ClassOf(value ^ another) == difference)
                    {
                        return (value, another);
                    }
                }
            }
        }
        throw new InvalidOperationException();
    }

    /// <summary>The named value of a class, or all values that are not named, upward.</summary>
    private static IEnumerable<uint> ValuesOf(MarkDimension dimension, int cls)
    {
        if (dimension.IsSingle(cls))
        {
            yield return (uint)dimension.ValueOf(cls);
            yield break;
        }
        uint value = 0;
        do
        {
            if (!dimension.Named.Contains(value))
            {
                yield return value;
            }
            value = (value - dimension.Mask) & dimension.Mask;
        }
        while (value != 0);
    }

    /// <summary>The classes of mark, connection's mark and difference in a box that values have in common.</summary>
    public IEnumerable<(int Packet, int Connection, int Difference)> Classes(ulong[] box)
    {
        if (Connection is not { } connection || Difference is not { } difference)
        {
            yield break;
        }
        foreach (var mark in Packet.ClassesOf(box[Packet.Index]))
        {
            foreach (var other in connection.ClassesOf(box[connection.Index]))
            {
                foreach (var cls in difference.ClassesOf(box[difference.Index]))
                {
                    if (CountOf((mark, other, cls)) != 0)
                    {
                        yield return (mark, other, cls);
                    }
                }
            }
        }
    }

    private UInt128 CountOf((int Packet, int Connection, int Difference) classes)
    {
        var (mark, other, cls) = classes;
        var (connection, difference) = (Connection!, Difference!);
        if (other == connection.AbsentClass || cls == difference.AbsentClass)
        {
            return other != connection.AbsentClass || cls != difference.AbsentClass ? 0 : Packet.IsSingle(mark) ? 1 : _othersCount;
        }
        var (isMarkNamed, isOtherNamed) = (Packet.IsSingle(mark), connection.IsSingle(other));
        if (isMarkNamed && isOtherNamed)
        {
            return difference.ClassOf(Packet.ValueOf(mark) ^ connection.ValueOf(other)) == cls ? 1u : 0u;
        }
        if (isMarkNamed || isOtherNamed)
        {
            var named = (uint)(isMarkNamed ? Packet.ValueOf(mark) : connection.ValueOf(other));
            return difference.IsSingle(cls) ? IsNamed(named ^ (uint)difference.ValueOf(cls)) ? 0u : 1u : _othersCount - LeavingNames(named);
        }
        return difference.IsSingle(cls) ? _othersCount - LeavingNames((uint)difference.ValueOf(cls))
            : (_othersCount * _othersCount) - Packet.Named.Aggregate(UInt128.Zero, (sum, bits) => sum + _othersCount - LeavingNames(bits));
    }

    private bool IsNamed(uint value) => Packet.IsSingle(Packet.ClassOf(value));

    /// <summary>How many named values are none once some bits are turned round: as many others are turned into named ones.</summary>
    private uint LeavingNames(uint bits) => (uint)Packet.Named.Count(value => !IsNamed(value ^ bits));
}
