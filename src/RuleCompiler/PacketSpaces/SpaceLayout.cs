using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>The dimensions over which packets are told apart by one ruleset, or by two that are compared.</summary>
/// <remarks>A box is a <see cref="ulong"/> code for each dimension (<see cref="Dimension"/>): the product of the constraints.</remarks>
internal sealed class SpaceLayout
{
    private readonly int[] _places = new int[PacketFieldInfo.Count];
    private readonly MarkPart?[] _markParts;

    public SpaceLayout(Family family, IEnumerable<Dimension> dimensions)
    {
        Family = family;
        Dimensions = [.. dimensions.OrderBy(d => d.IsNarrow ? 0 : 1).ThenBy(d => d.Field)];
        Array.Fill(_places, -1);
        var marks = new List<MarkDimension>();
        var connectionMarks = new List<MarkDimension>();
        var differences = new List<MarkDimension>();
        for (var i = 0; i < Dimensions.Length; i++)
        {
            Dimensions[i].Index = i;
            NarrowCount += Dimensions[i].IsNarrow ? 1 : 0;
            if (Dimensions[i] is MarkDimension mark)
            {
                var parts = mark.Field switch
                {
                    PacketField.Mark => marks,
                    PacketField.ConnectionMark => connectionMarks,
                    _ => differences,
                };
                parts.Add(mark);
            }
            else
            {
                _places[(int)Dimensions[i].Field] = i;
            }
        }
        Marks = [.. marks.OrderBy(m => m.Mask)];
        ConnectionMarks = [.. connectionMarks.OrderBy(m => m.Mask)];
        MarkDifferences = [.. differences.OrderBy(m => m.Mask)];
        MarkParts = [.. Marks.Select((mark, i) => new MarkPart(mark, ConnectionMarks.ElementAtOrDefault(i), MarkDifferences.ElementAtOrDefault(i)))];
        _markParts = [.. Dimensions.Select(d => d is MarkDimension mark ? Array.Find(MarkParts, part => part.Packet.Mask == mark.Mask) : null)];
        Full = [.. Dimensions.Select(d => d.Full)];
    }

    public Family Family { get; }

    /// <summary>The narrow ones first.</summary>
    public Dimension[] Dimensions { get; }

    public int NarrowCount { get; }

    public int Count => Dimensions.Length;

    /// <summary>The parts of the packet's mark, by their masks; those of <see cref="ConnectionMarks"/> have the same, in the same order.</summary>
    public MarkDimension[] Marks { get; }

    public MarkDimension[] ConnectionMarks { get; }

    /// <summary>The parts of the exclusive or of both marks, where rules copy marks or a space asks for it; else none.</summary>
    public MarkDimension[] MarkDifferences { get; }

    /// <summary>Both marks, and how they differ, part by part.</summary>
    public MarkPart[] MarkParts { get; }

    /// <summary>Whether hops are told apart by what is left of them behind routing too: not where rules add to them or take from them.</summary>
    public bool TellsHopsLeft { get; init; }

    /// <summary>Whether the protocol is that behind an authentication header, as x_tables has it, or that header's, as nf_tables does.</summary>
    public bool SeesBehindAuthentication { get; init; }

    /// <summary>The box of everything; not to be changed.</summary>
    public ulong[] Full { get; }

    /// <summary>Whether a box holds packets: that each of its dimensions has classes is enough but for marks and how they differ.</summary>
    public bool HasPackets(ulong[] box) => MarkDifferences.Length == 0 || Array.TrueForAll(MarkParts, part => part.HasPackets(box));

    /// <summary>The part of marks that a dimension belongs to; null for one of another field.</summary>
    public MarkPart? MarkPartOf(int dimension) => _markParts[dimension];

    /// <summary>Whether packets of a box have ports; all of them do, or none.</summary>
    public bool HasPorts(ulong[] box) => box[this[PacketField.DestinationPort].Index] != this[PacketField.DestinationPort].Absent;

    /// <summary>Whether packets of a box have ports that NAT may rewrite; all of them do, or none.</summary>
    public bool HasTrackedPorts(ulong[] box)
    {
        var protocol = this[PacketField.Protocol];
        return HasPorts(box) && Boxes.Meet(box[protocol.Index], protocol.CodeOf(protocol.ClassOf(IpProtocol.Dccp)), protocol.IsNarrow) == Boxes.Nothing;
    }

    /// <summary>Cuts a box in what satisfies tests and the rest, dimension by dimension.</summary>
    /// <param name="box">The box, of which some packets satisfy them; not changed.</param>
    /// <param name="tests">The tests.</param>
    /// <param name="rest">Takes the pieces that do not satisfy them; they have no packet in common.</param>
    /// <returns>What satisfies them.</returns>
    public ulong[] Cut(ulong[] box, ReadOnlySpan<SpaceTest> tests, List<ulong[]> rest)
    {
        ulong[] inside = [.. box];
        var codes = new List<ulong>();
        foreach (var (dimension, code) in tests)
        {
            Cut(inside, dimension, code, rest, codes);
        }
        return inside;
    }

    /// <summary>The same with the packets of another box.</summary>
    /// <param name="box">The box, which has some of the other's packets; not changed.</param>
    /// <param name="other">The other box.</param>
    /// <param name="rest">Takes what is not in it.</param>
    public ulong[] Cut(ulong[] box, ulong[] other, List<ulong[]> rest)
    {
        ulong[] inside = [.. box];
        var codes = new List<ulong>();
        for (var dimension = 0; dimension < other.Length; dimension++)
        {
            Cut(inside, dimension, other[dimension], rest, codes);
        }
        return inside;
    }

    private void Cut(ulong[] inside, int dimension, ulong code, List<ulong[]> rest, List<ulong> codes)
    {
        codes.Clear();
        Dimensions[dimension].AddDifference(inside[dimension], code, codes);
        foreach (var other in codes)
        {
            ulong[] outside = [.. inside];
            outside[dimension] = other;
            rest.Add(outside);
        }
        inside[dimension] = Boxes.Meet(inside[dimension], code, dimension < NarrowCount);
    }

    /// <summary>The dimension of a field; null where nothing asks for it. Marks have several: not for them.</summary>
    public Dimension? Find(PacketField field) => _places[(int)field] is >= 0 and var place ? Dimensions[place] : null;

    /// <summary>The dimension of a field that every layout has.</summary>
    public Dimension this[PacketField field] => Find(field) ?? throw new ArgumentOutOfRangeException(nameof(field));

    /// <summary>Everything that the rulesets tell apart.</summary>
    public static SpaceLayout Of(params ReadOnlySpan<CompiledRuleset> rulesets) => new SpaceLayoutBuilder(rulesets).Build();

    /// <summary>Everything that the rulesets and some conditions tell apart.</summary>
    public static SpaceLayout Of(ReadOnlySpan<CompiledRuleset> rulesets, ReadOnlySpan<Condition> conditions)
    {
        var builder = new SpaceLayoutBuilder(rulesets);
        foreach (var condition in conditions)
        {
            builder.Add(condition);
        }
        return builder.Build();
    }
}
