using System.Collections.Immutable;
using System.Numerics;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Tells regions to people: expressions, a witness that shows the two outcomes, and who decides.</summary>
internal sealed class RegionWriter
{
    /// <summary>Regions whose witness is looked for by sending packets through both dumps; a person reads no more.</summary>
    private const int MostTraced = 500;
    private const int BoxesTried = 8;
    private const int PacketsTried = 12;

    private readonly SpaceLayout _layout;
    private readonly UnknownTable _unknowns;
    private readonly BlockMerger _merger;
    private readonly WitnessPicker _oldPicker;
    private readonly OutcomeTeller _old;
    private readonly OutcomeTeller _new;
    private int _traced;

    public RegionWriter(SpaceLayout layout, JourneySpace space, DiffSide before, DiffSide after, UnknownTable unknowns)
    {
        _layout = layout;
        _unknowns = unknowns;
        _merger = new BlockMerger(layout, space.Boxes);
        _oldPicker = new WitnessPicker(layout, before.Host);
        _old = new OutcomeTeller(layout, before);
        _new = new OutcomeTeller(layout, after);
    }

    public DiffRegion Write(DiffGroup group)
    {
        var (old, other) = (group.First.Old, group.First.New);
        var blocks = _merger.Merge(group.Boxes);
        var unknowns = new RegionUnknowns([old, other], _unknowns, _layout.Family);
        var (witness, oldTrace, newTrace) = FindWitness(group, unknowns);
        var hook = (old.Taker ?? other.Taker)?.Hook;
        return new DiffRegion
        {
            Family = _layout.Family,
            Hook = hook ?? Hook.Prerouting,
            Witness = witness,
            Assumptions = unknowns.Assumptions,
            Unknowns = unknowns,
            Count = group.Boxes.Aggregate(BigInteger.Zero, (sum, box) => sum + SpaceBlock.Of(box).Count(_layout)),
            Old = _old.Tell(old, oldTrace),
            New = _new.Tell(other, newTrace),
            Space = [.. new SpaceWriter(_layout).Write(blocks)],
        };
    }

    /// <summary>A packet that shows both outcomes where it is traced; the most usual one where none does.</summary>
    private (Packet Witness, Trace? Old, Trace? New) FindWitness(DiffGroup group, RegionUnknowns unknowns)
    {
        var (oldAssumptions, newAssumptions) = (Untold(group.First.Old), Untold(group.First.New));
        if (_traced++ < MostTraced)
        {
            foreach (var box in group.Boxes.Take(BoxesTried))
            {
                for (var attempt = 0; attempt < PacketsTried; attempt++)
                {
                    var packet = unknowns.Complete(_oldPicker.Pick(box, attempt));
                    if (_old.Show(group.First.Old, packet, oldAssumptions) is { } old
                        && _new.Show(group.First.New, packet, newAssumptions) is { } other)
                    {
                        return (packet, old, other);
                    }
                }
            }
        }
        return (unknowns.Complete(_oldPicker.Pick(group.Boxes[0], 0)), null, null);

        ImmutableArray<Assumption> Untold(Cell way) => new RegionUnknowns([way], _unknowns, _layout.Family).Untold;
    }
}
