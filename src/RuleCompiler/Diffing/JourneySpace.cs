using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>The packets that can enter a host, as disjoint boxes: those that arrive, and those that it sends.</summary>
/// <remarks>Of a packet that arrives the out-interface tells where routing sends it: none for this host itself.</remarks>
internal sealed class JourneySpace
{
    private readonly SpaceLayout _layout;

    public JourneySpace(SpaceLayout layout, bool hasFragments)
    {
        _layout = layout;
        var entries = new EntrySpace(layout, hasFragments);
        var output = layout[PacketField.OutInterface];
        Boxes =
        [
            .. entries.At(Hook.Prerouting).Select(box => With(box, output.Index, output.Full)),
            .. entries.At(Hook.Output),
        ];
        var input = layout[PacketField.InInterface];
        NoInput = input.CodeOf(input.ClassOf(0));
        NoOutput = output.CodeOf(output.ClassOf(0));
    }

    /// <summary>All of them; not to be changed.</summary>
    public ulong[][] Boxes { get; }

    /// <summary>The code of a packet that this host sends.</summary>
    public ulong NoInput { get; }

    /// <summary>The code of a packet that stays here.</summary>
    public ulong NoOutput { get; }

    /// <summary>The packets of the space for which a condition holds; null where boxes cannot say it.</summary>
    public List<ulong[]>? Limit(Condition condition)
    {
        if (new ConditionBoxes(_layout).Of(condition, holds: true) is not { } parts)
        {
            return null;
        }
        return [.. from part in parts from box in Boxes select Meet(box, part) into common where common is not null select common];
    }

    private ulong[]? Meet(ulong[] box, SpaceTest[] tests)
    {
        var common = (ulong[])box.Clone();
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
        var copy = (ulong[])box.Clone();
        copy[dimension] = code;
        return copy;
    }
}
