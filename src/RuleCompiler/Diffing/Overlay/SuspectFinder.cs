using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing.Overlay;

/// <summary>Compares each table at each hook by itself, and gives the packets, as they enter the host, that may be treated otherwise.</summary>
/// <remarks>
/// A box in which two lists differ speaks of packets as they are in front of them. Whatever rules before may change is left open,
/// so that the packets that enter the host are among those given, and as a rule they are not many more.
/// </remarks>
internal sealed class SuspectFinder
{
    /// <summary>Lists of together as many rows are worth the threads.</summary>
    private const int ManyRows = 1_000;

    /// <summary>Boxes kept until it is their turn; where there are more, they are given as they are found.</summary>
    private const int MostKept = 1_000;

    private readonly SpaceLayout _layout;
    private readonly JourneySpace _space;
    private readonly EntrySpace _entries;
    private readonly SpaceRuleset _old;
    private readonly SpaceRuleset _new;
    private readonly StepBudget _budget;
    private readonly bool _routesByMark;
    private readonly ActionNumbers _numbers;
    private readonly BoxIndex _given;
    private readonly Dictionary<string, bool[]> _changes = [];
    private int _givenBefore;
    private readonly Dimension _input;
    private readonly Dimension _output;

    /// <param name="before">The old rules.</param>
    /// <param name="after">The new ones.</param>
    /// <param name="space">The packets that enter the host.</param>
    /// <param name="entries">Those that enter a hook.</param>
    /// <param name="countsLogs">Whether what is logged counts.</param>
    /// <param name="routesByMark">Whether a new mark may lead packets elsewhere, as a new destination may.</param>
    /// <param name="budget">What all of it may cost.</param>
    public SuspectFinder(
        SpaceRuleset before, SpaceRuleset after, JourneySpace space, EntrySpace entries, bool countsLogs, bool routesByMark, StepBudget budget)
    {
        _routesByMark = routesByMark;
        _layout = before.Layout;
        _given = new BoxIndex(_layout);
        _space = space;
        _entries = entries;
        _old = before;
        _new = after;
        _budget = budget;
        _numbers = new ActionNumbers(countsLogs);
        _input = _layout[PacketField.InInterface];
        _output = _layout[PacketField.OutInterface];
    }

    /// <summary>Finds them.</summary>
    /// <param name="known">Boxes of packets, as they enter the host, to be given whatever the rules are.</param>
    /// <param name="suspect">Takes disjoint parts of the space's boxes; false ends the work.</param>
    /// <returns>False where the work was ended.</returns>
    public bool Run(IEnumerable<ulong[]> known, Func<ulong[], bool> suspect)
    {
        _givenBefore = int.MaxValue;
        if (!known.All(box => GiveEntering(box, suspect)))
        {
            return false;
        }
        var oldFlattener = new ListFlattener(_old, _numbers);
        var newFlattener = new ListFlattener(_new, _numbers);
        foreach (var hook in NetfilterNames.Hooks)
        {
            foreach (var table in TraversalOrder.At(hook, Flavour.Nft))
            {
                if (!Compare(hook, table, oldFlattener, newFlattener, suspect))
                {
                    return false;
                }
            }
        }
        return true;
    }

    private bool Compare(Hook hook, TableKind table, ListFlattener oldFlattener, ListFlattener newFlattener, Func<ulong[], bool> suspect)
    {
        var (before, after) = (ChainAt(_old, hook, table), ChainAt(_new, hook, table));
        if (before is null && after is null)
        {
            return true;
        }
        // The boxes of one table are disjoint, and stay so where nothing of them is left open.
        var isOpened = table == TableKind.Raw || _layout.Find(PacketField.Ttl) is not null || Array.Exists(ChangedAt([.. NetfilterNames.Hooks]), isChanged => isChanged);
        _givenBefore = isOpened ? int.MaxValue : _given.Count;
        var isMoved = _old.Compiled.Flavour != _new.Compiled.Flavour && hook == Hook.Input && table == TableKind.Nat;
        var changed = new bool[_layout.Count];
        AddChanges(changed, before, after);
        var universe = Universe(hook, table);
        if (isMoved)
        {
            return universe.TrueForAll(box => Give(hook, box, suspect));
        }
        var lists = new FlatList[2];
        Parallel.For(0, lists.Length, i => lists[i] = (i == 0 ? before : after) is { } chain
            ? (i == 0 ? oldFlattener : newFlattener).Flatten(chain, changed) : FlatList.Empty);
        return Overlay(lists[0], lists[1], universe, box => Give(hook, table == TableKind.Raw ? Opened(box, IsTracked) : box, suspect));
    }

    /// <summary>Lays the lists over each other box by box: long ones on all cores, what is found being given in the boxes' order.</summary>
    private bool Overlay(FlatList before, FlatList after, List<ulong[]> universe, Func<ulong[], bool> give)
    {
        var found = new List<ulong[]>?[universe.Count];
        if (before.Rows.Length + after.Rows.Length >= ManyRows)
        {
            var canceled = new OperationCanceledException?[universe.Count];
            Parallel.For(0, universe.Count, i =>
            {
                try
                {
                    var boxes = new List<ulong[]>();
                    var overlay = new ListOverlay(_layout, before, after, _budget.Share(), box =>
                    {
                        boxes.Add(box);
                        return boxes.Count < MostKept;
                    });
                    found[i] = overlay.Run(universe[i]) ? boxes : null;
                }
                catch (OperationCanceledException exception)
                {
                    canceled[i] = exception;
                }
            });
            if (Array.Find(canceled, exception => exception is not null) is { } first)
            {
                throw new OperationCanceledException(first.Message, first, first.CancellationToken);
            }
        }
        for (var i = 0; i < universe.Count; i++)
        {
            if (!(found[i]?.TrueForAll(box => give(box)) ?? new ListOverlay(_layout, before, after, _budget, give).Run(universe[i])))
            {
                return false;
            }
        }
        return true;
    }

    private static SpaceChain? ChainAt(SpaceRuleset rules, Hook hook, TableKind table) =>
        rules.Compiled.FindBaseChain(table, hook) is { } chain ? rules.Chains[chain.Chain.Index] : null;

    private void AddChanges(bool[] changed, SpaceChain? before, SpaceChain? after)
    {
        if (before is not null)
        {
            ChangedFields.Add(_old, before, changed);
        }
        if (after is not null)
        {
            ChangedFields.Add(_new, after, changed);
        }
    }

    /// <summary>What conntrack tells of a packet. In raw it has not looked yet, so rules there do not see what it will say.</summary>
    private static bool IsTracked(Dimension dimension) => dimension.Field is >= PacketField.ConnectionMark and <= PacketField.ConntrackZone;

    /// <summary>The packets that can be in front of a table; before conntrack has looked, whatever it will say.</summary>
    private List<ulong[]> Universe(Hook hook, TableKind table)
    {
        if (table != TableKind.Raw)
        {
            return [.. _entries.At(hook)];
        }
        var boxes = new List<ulong[]>();
        foreach (var entry in _entries.At(hook))
        {
            var box = Opened(entry, IsTracked);
            if (!boxes.Exists(known => known.AsSpan().SequenceEqual(box)))
            {
                boxes.Add(box);
            }
        }
        return boxes;
    }

    private bool Give(Hook hook, ulong[] box, Func<ulong[], bool> suspect) => Origins(hook, box).All(origin => GiveEntering(origin, suspect));

    private bool GiveEntering(ulong[] origin, Func<ulong[], bool> suspect)
    {
        foreach (var entry in _space.Boxes)
        {
            if (!Meets(origin, entry))
            {
                continue;
            }
            var common = Meet(origin, entry);
            var pieces = Without(common);
            if (pieces.Count > 0)
            {
                _given.Add(common);
            }
            foreach (var piece in pieces)
            {
                if (!suspect([.. piece]))
                {
                    return false;
                }
            }
        }
        return true;
    }

    /// <summary>Where packets in front of a hook's chains may have entered the host.</summary>
    private IEnumerable<ulong[]> Origins(Hook hook, ulong[] box)
    {
        if (hook != Hook.Output)
        {
            Hook[] before = hook == Hook.Prerouting ? [hook] : hook == Hook.Postrouting ? [Hook.Prerouting, Hook.Forward, hook] : [Hook.Prerouting, hook];
            var arriving = Opened(box, before);
            if (hook == Hook.Prerouting || IsAddressChanged([Hook.Prerouting]))
            {
                arriving[_output.Index] = _output.Full;
            }
            if (hook is Hook.Forward or Hook.Postrouting && _layout.Find(PacketField.Ttl) is { } hops)
            {
                arriving[hops.Index] = hops.Full; // passing on takes one
            }
            yield return arriving;
        }
        if (hook is Hook.Output or Hook.Postrouting)
        {
            Hook[] before = hook == Hook.Output ? [hook] : [Hook.Output, hook];
            var sent = Opened(box, before);
            if (hook == Hook.Postrouting && IsRerouted())
            {
                sent[_output.Index] = _output.Full;
            }
            yield return sent;
        }
        if (hook is Hook.Prerouting or Hook.Input && Boxes.Meet(box[_input.Index], Loopback(_input), _input.IsNarrow) != Boxes.Nothing)
        {
            var looped = Opened(box, [Hook.Output, Hook.Postrouting, Hook.Prerouting, hook]);
            looped = Opened(looped, dimension => dimension.Field is PacketField.Uid or PacketField.Gid or PacketField.HasSocket);
            looped[_input.Index] = _space.NoInput;
            looped[_output.Index] = IsRerouted() ? _output.Full : Loopback(_output);
            yield return looped;
        }
    }

    private static ulong Loopback(Dimension dimension) => dimension.CodeOf(dimension.ClassOf(InterfaceName.Pack("lo")));

    private bool IsRerouted() =>
        IsAddressChanged([Hook.Output]) || (_routesByMark && Array.Exists(_layout.Marks, mark => ChangedAt([Hook.Output])[mark.Index]));

    private bool IsAddressChanged(Hook[] hooks) => ChangedAt(hooks)[_layout[PacketField.Destination].Index];

    private ulong[] Opened(ulong[] box, Hook[] hooks)
    {
        var changed = ChangedAt(hooks);
        return Opened(box, dimension => changed[dimension.Index]);
    }

    private ulong[] Opened(ulong[] box, Func<Dimension, bool> isOpen)
    {
        ulong[] open = [.. box];
        foreach (var dimension in _layout.Dimensions)
        {
            if (isOpen(dimension))
            {
                open[dimension.Index] = dimension.Full;
            }
        }
        return open;
    }

    private bool[] ChangedAt(Hook[] hooks)
    {
        var key = string.Join(' ', hooks);
        if (!_changes.TryGetValue(key, out var changed))
        {
            _changes[key] = changed = new bool[_layout.Count];
            foreach (var hook in hooks)
            {
                foreach (var table in TraversalOrder.At(hook, Flavour.Nft))
                {
                    AddChanges(changed, ChainAt(_old, hook, table), ChainAt(_new, hook, table));
                }
            }
        }
        return changed;
    }

    /// <summary>Wide dimensions are the last ones, and the likeliest to keep two boxes apart.</summary>
    private bool Meets(ulong[] one, ulong[] other)
    {
        for (var d = one.Length - 1; d >= 0; d--)
        {
            if (Boxes.Meet(one[d], other[d], d < _layout.NarrowCount) == Boxes.Nothing)
            {
                return false;
            }
        }
        return true;
    }

    private ulong[] Meet(ulong[] one, ulong[] other)
    {
        var common = new ulong[one.Length];
        for (var d = 0; d < one.Length; d++)
        {
            common[d] = Boxes.Meet(one[d], other[d], d < _layout.NarrowCount);
        }
        return common;
    }

    /// <summary>What of a box was not given before.</summary>
    private List<ulong[]> Without(ulong[] box)
    {
        List<ulong[]> pieces = [box];
        foreach (var index in _givenBefore > 0 ? _given.Meeting(box) : [])
        {
            if (index >= _givenBefore || pieces.Count == 0)
            {
                break;
            }
            var other = _given[index];
            if (!pieces.Exists(piece => Meets(piece, other)))
            {
                continue;
            }
            var rest = new List<ulong[]>();
            foreach (var piece in pieces)
            {
                if (!Meets(piece, other))
                {
                    rest.Add(piece);
                    continue;
                }
                _layout.Cut(piece, other, rest);
            }
            pieces = rest;
        }
        return pieces;
    }
}
