using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Boxes of entering packets to which a question about a rule can be limited: those that its calls and its own options let through.</summary>
/// <remarks>Only dimensions that nothing before the rule changes are limited, so no packet that gets there is left out.</remarks>
internal sealed class TargetBoxes
{
    /// <summary>Boxes beyond which a caller's options no longer limit: a list on a long way multiplies.</summary>
    private const int MaxBoxes = 32;

    private readonly SpaceRuleset _rules;
    private readonly EntrySpace _entries;
    private readonly Dictionary<(Hook, TableKind), bool[]> _isFixed = [];
    private readonly IReadOnlyList<ulong[]>[] _enteringForNat;
    private readonly bool[] _isChanged;
    private readonly bool _hasUntrack;
    private readonly Lazy<EntrySpace> _entriesWithFragments;

    public TargetBoxes(SpaceRuleset rules, EntrySpace entries)
    {
        _rules = rules;
        _entries = entries;
        _entriesWithFragments = new(() => new EntrySpace(rules.Layout, hasFragments: true));
        var effects = rules.Compiled.Actions.SelectMany(action => Flatten(action.Effect)).ToArray();
        _hasUntrack = effects.Any(effect => effect is Effect.Untrack);
        var hasMarks = effects.Any(e => e is Effect.SetMark or Effect.SetConnectionMark or Effect.SaveMark or Effect.RestoreMark
            or Effect.ShiftMark or Effect.HashMark or Effect.ProxyTo or Effect.ChangeSet { MapsMark: true });
        var hasTos = effects.Any(e => e is Effect.SetTos);
        var hasTtl = effects.Any(e => e is Effect.SetTtl);
        var tcp = effects.OfType<Effect.ChangeTcp>().ToArray();
        var hasZone = effects.Any(e => e is Effect.SetZone);
        _isChanged = [.. rules.Layout.Dimensions.Select(d => (hasMarks && d is MarkDimension)
            || (hasTos && d.Field == PacketField.Tos) || (hasTtl && d.Field == PacketField.Ttl)
            || (hasZone && d.Field == PacketField.ConntrackZone) || tcp.Any(effect => effect.Changes(d.Field)))];
        foreach (var hook in NetfilterNames.Hooks)
        {
            foreach (var table in NetfilterNames.Tables)
            {
                _isFixed[(hook, table)] = FixedAt(hook, table);
            }
        }
        _enteringForNat = [.. NetfilterNames.Hooks.Select(hook => _hasUntrack ? entries.At(hook) : (IReadOnlyList<ulong[]>)BeginningAt(hook))];
    }

    /// <summary>The boxes of a hook that a rule's own options allow.</summary>
    public List<ulong[]> OfRule(Hook hook, SpaceChain chain, int rule) =>
        Limit([.. EnteringFor(hook, chain.Symbol.Table)], hook, chain, rule, chain.Symbol.Table);

    /// <summary>The packets that enter a hook and can get to a table: nat is asked about those that begin a connection.</summary>
    /// <remarks>Those of them that nat passes by for another reason are still there.</remarks>
    public IReadOnlyList<ulong[]> EnteringFor(Hook hook, TableKind table) => table == TableKind.Nat ? _enteringForNat[(int)hook] : _entries.At(hook);

    private List<ulong[]> BeginningAt(Hook hook)
    {
        var state = _rules.Layout[PacketField.ConntrackState];
        var asked = state.CodeOf(state.ClassOf((int)ConntrackState.New)) | state.CodeOf(state.ClassOf((int)ConntrackState.Related));
        var boxes = new List<ulong[]>();
        foreach (var box in _entries.At(hook))
        {
            if ((box[state.Index] & asked) is not Boxes.Nothing and var met)
            {
                ulong[] beginning = [.. box];
                beginning[state.Index] = met;
                boxes.Add(beginning);
            }
        }
        return boxes;
    }

    /// <summary>Whether packets of any hook satisfy the rule's own options, or later fragments, which conntrack may keep from it.</summary>
    public bool IsSatisfiable(SpaceChain chain, int rule) =>
        IsSatisfiable(chain, rule, _entries) || IsSatisfiable(chain, rule, _entriesWithFragments.Value);

    /// <summary>Whether only later fragments do, which conntrack keeps from it.</summary>
    public bool IsForFragments(SpaceChain chain, int rule) => !IsSatisfiable(chain, rule, _entries);

    private bool IsSatisfiable(SpaceChain chain, int rule, EntrySpace entries)
    {
        foreach (var hook in NetfilterNames.Hooks)
        {
            foreach (var box in entries.At(hook))
            {
                if (MeetsRule(box, chain, rule, ignoresConnection: chain.Symbol.Table == TableKind.Raw))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>Whether packets of a box satisfy a rule's own options.</summary>
    public bool MeetsRule(ulong[] box, SpaceChain chain, int rule, bool ignoresConnection)
    {
        var first = chain.FindRule(rule);
        for (var row = first; row < chain.Rows[first].NextRule; row++)
        {
            var meets = true;
            foreach (var (dimension, code) in _rules.TestsOf(chain.Rows[row]))
            {
                var d = _rules.Layout.Dimensions[dimension];
                meets &= (ignoresConnection && d.Field is >= Packets.PacketField.ConnectionMark and <= Packets.PacketField.ConntrackZone)
                    || Boxes.Meet(box[dimension], code, d.IsNarrow) != Boxes.Nothing;
            }
            if (meets)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Those of some boxes that a rule's own options allow.</summary>
    public List<ulong[]> Limit(List<ulong[]> boxes, Hook hook, SpaceChain chain, int rule, TableKind table)
    {
        var first = chain.FindRule(rule);
        if (first < 0)
        {
            return [];
        }
        var end = chain.Rows[first].NextRule;
        if (end - first > MaxBoxes)
        {
            return boxes;
        }
        var isFixed = _isFixed[(hook, table)];
        var result = new List<ulong[]>(boxes.Count);
        foreach (var box in boxes)
        {
            for (var row = first; row < end; row++)
            {
                if (Meet(box, _rules.TestsOf(chain.Rows[row]), isFixed) is { } met)
                {
                    result.Add(met);
                }
            }
        }
        return result.Count > Math.Max(MaxBoxes, 2 * boxes.Count) ? boxes : result;
    }

    /// <summary>The part of one box that a row's tests allow.</summary>
    /// <param name="box">The box.</param>
    /// <param name="hook">The hook.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="row">Index of the row.</param>
    /// <param name="limited">Takes the part.</param>
    /// <returns>False where it is empty.</returns>
    public bool TryLimit(ReadOnlySpan<ulong> box, Hook hook, SpaceChain chain, int row, Span<ulong> limited)
    {
        var isFixed = _isFixed[(hook, chain.Symbol.Table)];
        box.CopyTo(limited);
        foreach (var (dimension, code) in _rules.TestsOf(chain.Rows[row]))
        {
            if (isFixed[dimension]
                && (limited[dimension] = Boxes.Meet(limited[dimension], code, dimension < _rules.Layout.NarrowCount)) == Boxes.Nothing)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The same, each box when it is asked for.</summary>
    public IEnumerable<ulong[]> LimitOneByOne(List<ulong[]> boxes, Hook hook, SpaceChain chain, int rule, TableKind table)
    {
        var first = chain.FindRule(rule);
        if (first < 0 || chain.Rows[first].NextRule - first != 1)
        {
            return Limit(boxes, hook, chain, rule, table);
        }
        return LimitOneByOne(boxes, chain.Rows[first], _isFixed[(hook, table)]);
    }

    private IEnumerable<ulong[]> LimitOneByOne(List<ulong[]> boxes, SpaceRow row, bool[] isFixed)
    {
        foreach (var box in boxes)
        {
            if (Meet(box, _rules.TestsOf(row), isFixed) is { } met)
            {
                yield return met;
            }
        }
    }

    /// <summary>Packets of a box that match a rule as long as nothing before it changes them: where to look, and no proof.</summary>
    public IEnumerable<ulong[]> Guess(ulong[] box, SpaceChain chain, int rule)
    {
        var first = chain.FindRule(rule);
        for (var row = first; row < chain.Rows[first].NextRule; row++)
        {
            if (Meet(box, _rules.TestsOf(chain.Rows[row]), null) is { } met)
            {
                yield return met;
            }
        }
    }

    private ulong[]? Meet(ulong[] box, ReadOnlySpan<SpaceTest> tests, bool[]? isFixed)
    {
        var isWithin = true;
        foreach (var (dimension, code) in tests)
        {
            if (isFixed?[dimension] == false)
            {
                continue;
            }
            var common = Boxes.Meet(box[dimension], code, dimension < _rules.Layout.NarrowCount);
            if (common == Boxes.Nothing)
            {
                return null;
            }
            isWithin &= common == box[dimension];
        }
        if (isWithin)
        {
            return box;
        }
        ulong[] met = [.. box];
        foreach (var (dimension, code) in tests)
        {
            if (isFixed?[dimension] != false)
            {
                met[dimension] = Boxes.Meet(met[dimension], code, dimension < _rules.Layout.NarrowCount);
            }
        }
        return met;
    }

    /// <summary>Which dimensions are in a table what they were when the packet entered the hook.</summary>
    private bool[] FixedAt(Hook hook, TableKind table)
    {
        var order = TraversalOrder.At(hook, _rules.Compiled.Flavour);
        var isBehindNat = order.IndexOf(TableKind.Nat) is >= 0 and var nat && order.IndexOf(table) > nat
            && _rules.Compiled.FindBaseChain(TableKind.Nat, hook) is not null;
        var isConnectionFixed = !_hasUntrack && table != TableKind.Raw;
        return [.. _rules.Layout.Dimensions.Select(d => !_isChanged[d.Index]
            && (isConnectionFixed || d.Field is < PacketField.ConnectionMark or > PacketField.ConntrackZone)
            && (!isBehindNat || !IsTranslated(d.Field)))];
    }

    private static bool IsTranslated(PacketField field) =>
        field is PacketField.Source or PacketField.Destination or PacketField.SourcePort or PacketField.DestinationPort
            or PacketField.ConntrackStatus or (>= PacketField.ReplySource and <= PacketField.ReplyDestinationPort)
            or (>= PacketField.SourceAddressType and <= PacketField.ReceivingSocket);

    private static IEnumerable<Effect> Flatten(Effect? effect) => effect switch
    {
        null => [],
        Effect.Several several => several.Effects.SelectMany(Flatten),
        _ => [effect],
    };
}
