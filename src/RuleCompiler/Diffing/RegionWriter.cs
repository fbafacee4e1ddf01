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
    private readonly DiffSide _before;
    private readonly DiffSide _after;
    private readonly BlockMerger _merger;
    private readonly BoxCounter _counter;
    private readonly WitnessPicker _oldPicker;
    private readonly OutcomeTeller _old;
    private readonly OutcomeTeller _new;
    private readonly Dimension _protocol;
    private readonly ulong _tcp;
    private readonly (LostPackets Old, LostPackets New) _losses;
    private int _traced;

    /// <param name="layout">The dimensions.</param>
    /// <param name="space">The packets that there are.</param>
    /// <param name="before">The old dump.</param>
    /// <param name="after">The new dump.</param>
    /// <param name="losses">What the two machines lose.</param>
    /// <param name="unknowns">The variables.</param>
    /// <param name="tellsLogs">Whether outcomes say what is logged.</param>
    public RegionWriter(SpaceLayout layout, JourneySpace space, DiffSide before, DiffSide after, (LostPackets Old, LostPackets New) losses, UnknownTable unknowns, bool tellsLogs)
    {
        _layout = layout;
        _unknowns = unknowns;
        _before = before;
        _after = after;
        _protocol = layout[PacketField.Protocol];
        _tcp = _protocol.CodeOf(_protocol.ClassOf(IpProtocol.Tcp));
        _losses = losses;
        _merger = new BlockMerger(layout, space.Boxes);
        _counter = new BoxCounter(layout);
        _oldPicker = new WitnessPicker(layout, before.Host);
        _old = new OutcomeTeller(layout, before) { TellsLogs = tellsLogs };
        _new = new OutcomeTeller(layout, after) { TellsLogs = tellsLogs };
    }

    public DiffRegion Write(DiffGroup group)
    {
        var (old, other) = (group.First.Old, group.First.New);
        var blocks = _merger.Merge(group.Boxes);
        var unknowns = new RegionUnknowns([old, other], _unknowns, _layout.Family, _before, _after);
        var (witness, oldTrace, newTrace) = FindWitness(group, unknowns);
        var oldTaker = _old.FindTaker(old, oldTrace, other);
        var newTaker = _new.FindTaker(other, newTrace, old);
        return new DiffRegion
        {
            Family = _layout.Family,
            Hook = (oldTaker ?? newTaker)?.Hook ?? Hook.Prerouting,
            Witness = witness,
            Assumptions = unknowns.Assumptions,
            Unknowns = unknowns,
            Count = group.Boxes.Aggregate(BigInteger.Zero, (sum, box) => sum + _counter.Count(box)),
            IsExact = group.First.IsExact,
            Old = _old.Tell(old, oldTrace, oldTaker),
            New = _new.Tell(other, newTrace, newTaker),
            Space = [.. new SpaceWriter(_layout).Write(blocks)],
        };
    }

    /// <summary>
    /// A packet that shows both outcomes where it is traced, and that they differ: an address written over itself does not. The
    /// most usual one where none does.
    /// </summary>
    private (Packet Witness, Trace? Old, Trace? New) FindWitness(DiffGroup group, RegionUnknowns unknowns)
    {
        var (oldAssumptions, newAssumptions) = (Untold(group.First.Old), Untold(group.First.New));
        (Packet, Trace?, Trace?)? alike = null;
        if (_traced++ < MostTraced)
        {
            var tried = MostUsual(group.Boxes).Take(BoxesTried).ToList();
            foreach (var box in tried.Concat(tried.Select(_oldPicker.ByLoopback).OfType<ulong[]>()))
            {
                for (var attempt = 0; attempt < PacketsTried; attempt++)
                {
                    var packet = unknowns.Complete(_oldPicker.Pick(box, attempt, isMarked: !group.First.IsExact));
                    if (_old.Show(group.First.Old, packet, oldAssumptions) is { } old
                        && _new.Show(group.First.New, packet, newAssumptions) is { } other)
                    {
                        if (IsSeen(_old.Tell(group.First.Old, old, null), _new.Tell(group.First.New, other, null)))
                        {
                            return (packet, old, other);
                        }
                        alike ??= (packet, old, other);
                    }
                }
            }
        }
        return alike ?? (unknowns.Complete(_oldPicker.Pick(group.Boxes[0], 0)), null, null);

        // None that routing loses on a side, TCP, if there is any, and of that the most packets.
        IEnumerable<ulong[]> MostUsual(List<ulong[]> boxes) => boxes
            .OrderBy(box => _losses.Old.Hold(group.First.Old, box) || _losses.New.Hold(group.First.New, box))
            .ThenByDescending(box => Boxes.Meet(box[_protocol.Index], _tcp, _protocol.IsNarrow) != Boxes.Nothing)
            .ThenByDescending(box => _counter.Count(box));

        static bool IsSeen(DiffOutcome old, DiffOutcome other) =>
            (old.Verdict, old.Detail, old.Lost, old.Rewrite, old.Changes) != (other.Verdict, other.Detail, other.Lost, other.Rewrite, other.Changes);
    }

    private ImmutableArray<Assumption> Untold(Cell way) => new RegionUnknowns([way], _unknowns, _layout.Family).Untold;
}
