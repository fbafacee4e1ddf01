using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>The packets that can enter a host, as disjoint boxes: those that arrive, and those that it sends.</summary>
/// <remarks>
/// Of a packet that arrives the out-interface tells where routing sends it: none for this host itself, which is what a packet
/// or space means that names <c>lo</c>; so no packet that arrives has it.
/// </remarks>
internal sealed class JourneySpace
{
    /// <summary>More than any space that a person writes; marks told apart by many masks take the most.</summary>
    private const int MaxBoxes = 1 << 20;

    private static readonly UInt128 Loopback = InterfaceName.Pack("lo");

    private readonly SpaceLayout _layout;
    private readonly List<ulong> _departures = [];

    public JourneySpace(SpaceLayout layout, bool hasFragments)
    {
        _layout = layout;
        var entries = new EntrySpace(layout, hasFragments);
        var output = layout[PacketField.OutInterface];
        output.AddDifference(output.Full, output.CodeOf(output.ClassOf(Loopback)), _departures);
        Boxes =
        [
            .. from box in entries.At(Hook.Prerouting) from code in _departures select With(box, output.Index, code),
            .. entries.At(Hook.Output),
        ];
        var input = layout[PacketField.InInterface];
        NoInput = input.CodeOf(input.ClassOf(0));
        NoOutput = output.CodeOf(output.ClassOf(0));
    }

    /// <summary>All of them; not to be changed.</summary>
    public ulong[][] Boxes { get; }

    /// <summary>Disjoint codes of what the out-interface of a packet that arrives can be.</summary>
    public IReadOnlyList<ulong> Departures => _departures;

    /// <summary>The code of a packet that this host sends.</summary>
    public ulong NoInput { get; }

    /// <summary>The code of a packet that stays here.</summary>
    public ulong NoOutput { get; }

    /// <summary>The packets of the space for which a condition holds; null where boxes cannot say it.</summary>
    public List<ulong[]>? Limit(Condition condition)
    {
        if (new ConditionBoxes(_layout, MaxBoxes).Of(WithDelivery(condition), holds: true) is not { } parts)
        {
            return null;
        }
        return [.. from part in parts from box in Boxes select Meet(box, part) into common where common is not null && _layout.HasPackets(common) select common];
    }

    /// <summary>Where <c>lo</c> is named as the interface out, packets that stay here are meant too; by <c>*</c> and <c>!eth0</c> they are not.</summary>
    private static Condition WithDelivery(Condition condition) => condition switch
    {
        Condition.FieldCondition { TestedField: PacketField.OutInterface, Set: var set } when set.Ranges.Contains(new Interval(Loopback, Loopback)) =>
            Condition.Field(PacketField.OutInterface, FieldSet.Union(set.Ranges.Append(new Interval(0, 0)))),
        Condition.NotCondition not => Condition.Not(WithDelivery(not.Operand)),
        Condition.AllOfCondition all => Condition.AllOf([.. all.Parts.Select(WithDelivery)]),
        Condition.AnyOfCondition any => Condition.AnyOf([.. any.Parts.Select(WithDelivery)]),
        _ => condition,
    };

    private ulong[]? Meet(ulong[] box, SpaceTest[] tests)
    {
        ulong[] common = [.. box];
        foreach (var (dimension, code) in tests)
        {
            common[dimension] = PacketSpaces.Boxes.Meet(common[dimension], code, dimension < _layout.NarrowCount);
            if (common[dimension] == PacketSpaces.Boxes.Nothing)
            {
                return null;
            }
        }
        return common;
    }

    private static ulong[] With(ulong[] box, int dimension, ulong code)
    {
        ulong[] copy = [.. box];
        copy[dimension] = code;
        return copy;
    }
}
