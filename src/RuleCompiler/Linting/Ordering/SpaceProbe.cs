using RuleCompiler.DecisionTables;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Sends whole spaces of packets through the rules, and finds packets of which something is so whatever the unknowns.</summary>
/// <remarks>Serves one thread.</remarks>
internal sealed class SpaceProbe
{
    private const int Attempts = 8;

    /// <summary>A space is asked about once a dump, so that it may cost as much as this many rules.</summary>
    private const long RulesPerSpace = 1000;

    private readonly SpaceLayout _layout;
    private readonly JourneySpace _space;
    private readonly JourneyWalker _walker;
    private readonly WitnessPicker _picker;
    private readonly PacketProbe _probe;
    private readonly StepBudget _budget;

    /// <param name="context">The dump.</param>
    /// <param name="rules">Those of its rules that the spaces may meet.</param>
    /// <param name="spaces">The spaces that are asked about.</param>
    public SpaceProbe(LintContext context, CompiledRuleset rules, IEnumerable<Condition> spaces)
    {
        _layout = JourneyWalker.LayoutOf([rules], [context.Host], spaces);
        _budget = new StepBudget(RulesPerSpace * context.Options.StepsPerRule, context.Cancellation);
        _space = new JourneySpace(_layout, hasFragments: false);
        _walker = new JourneyWalker(new SpaceRuleset(rules, _layout, new UnknownTable()).Indexed(), _space, context.Host, _budget);
        _picker = new WitnessPicker(_layout, context.Host);
        _probe = context.Packets.Probe;
    }

    /// <summary>Packets that netfilter stops whatever the unknowns, one for each part of a space that it stops alike.</summary>
    /// <exception cref="OutOfStepsException">Parts of the space take more steps than allowed.</exception>
    public IEnumerable<Trace> Stopped(Condition space) =>
        StoppedParts(space).Select(part => TraceOf(part.Box, HostPackets.IsStopped)).OfType<Trace>();

    /// <summary>The parts of a space that netfilter stops whatever the unknowns, and what stops each; nothing else is asked of this object meanwhile.</summary>
    /// <inheritdoc cref="Stopped"/>
    public IEnumerable<(ulong[] Box, Taker? By)> StoppedParts(Condition space) =>
        Parts(BoxesOf(space), static end => end.Verdict is CellVerdict.Drop or CellVerdict.Reject);

    /// <summary>The parts of some boxes that get somewhere whatever the unknowns.</summary>
    /// <inheritdoc cref="Stopped"/>
    public IEnumerable<ulong[]> DeliveredParts(IEnumerable<ulong[]> boxes) =>
        Parts(boxes, static end => end.Verdict == CellVerdict.Accept && !end.IsLost).Select(part => part.Box);

    /// <summary>The boxes of a space.</summary>
    public List<ulong[]> BoxesOf(Condition space) => _space.Limit(space) ?? throw new ArgumentException("boxes cannot say it", nameof(space));

    /// <summary>Begins another question, which may cost as much as one about a rule.</summary>
    public void Begin() => _budget.Reset();

    /// <summary>The packets of a box whose addresses and interfaces are those of packets of another; null where there are none.</summary>
    public ulong[]? OnTheWayOf(ulong[] box, ulong[] other)
    {
        ulong[] common = [.. box];
        foreach (var field in (ReadOnlySpan<PacketField>)[PacketField.Source, PacketField.Destination, PacketField.InInterface, PacketField.OutInterface])
        {
            var dimension = _layout[field];
            common[dimension.Index] = Boxes.Meet(box[dimension.Index], other[dimension.Index], dimension.IsNarrow);
            if (common[dimension.Index] == Boxes.Nothing)
            {
                return null;
            }
        }
        return common;
    }

    /// <summary>What becomes of a packet of a box, where it is so whatever the unknowns; null where routing loses those that are tried.</summary>
    public Trace? TraceOf(ulong[] box, Func<Trace, bool> isSo, Func<Packet, Packet>? change = null)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var packet = _picker.Pick(box, attempt);
            if (_probe.Always(change?.Invoke(packet) ?? packet, isSo) is { } trace)
            {
                return trace;
            }
        }
        return null;
    }

    private IEnumerable<(ulong[] Box, Taker? By)> Parts(IEnumerable<ulong[]> boxes, Func<Cell, bool> endsSo)
    {
        foreach (var box in boxes)
        {
            var assumed = new List<Cell>();
            foreach (var end in _walker.Run([.. box]))
            {
                if (end.Assumed is not null)
                {
                    assumed.Add(end);
                }
                else if (endsSo(end))
                {
                    // What no unknown decides goes one way alone.
                    yield return (end.Box, end.Taker);
                }
            }
            var others = assumed.Where(end => !endsSo(end)).Select(end => end.Box).ToList();
            foreach (var end in assumed.Where(endsSo))
            {
                foreach (var piece in Without(end.Box, others))
                {
                    yield return (piece, end.Taker);
                }
            }
        }
    }

    /// <summary>What of a box other outcomes of the unknowns leave alone: cut by the box that narrows a piece least, since that leaves the fewest.</summary>
    private IEnumerable<ulong[]> Without(ulong[] box, List<ulong[]> others)
    {
        var work = new Stack<(ulong[] Piece, List<ulong[]> Others)>();
        work.Push((box, others));
        var parts = new List<ulong[]>();
        while (work.TryPop(out var item))
        {
            var left = new List<ulong[]>();
            ulong[]? cut = null;
            var fewest = int.MaxValue;
            foreach (var other in item.Others)
            {
                _budget.Spend();
                if (Narrowed(item.Piece, other) is >= 0 and var narrowed)
                {
                    left.Add(other);
                    (cut, fewest) = narrowed < fewest ? (other, narrowed) : (cut, fewest);
                }
            }
            if (cut is null)
            {
                yield return item.Piece;
                continue;
            }
            parts.Clear();
            _layout.Cut(item.Piece, cut, parts);
            parts.ForEach(part => work.Push((part, left)));
        }
    }

    /// <summary>In how many dimensions a piece goes beyond a box; -1 where they have nothing in common.</summary>
    private int Narrowed(ulong[] piece, ulong[] box)
    {
        var narrowed = 0;
        for (var d = 0; d < piece.Length; d++)
        {
            var common = Boxes.Meet(piece[d], box[d], d < _layout.NarrowCount);
            if (common == Boxes.Nothing)
            {
                return -1;
            }
            narrowed += common == piece[d] ? 0 : 1;
        }
        return narrowed;
    }
}
