using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Targets;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Collects every set that rules ask for, and every value that they write, and cuts the fields accordingly.</summary>
internal sealed class SpaceLayoutBuilder
{
    /// <summary>Fields that every layout has: a witness and a rewrite speak of them.</summary>
    private static readonly PacketField[] Always =
    [
        PacketField.Protocol, PacketField.Source, PacketField.Destination, PacketField.SourcePort, PacketField.DestinationPort,
        PacketField.InInterface, PacketField.OutInterface, PacketField.ConntrackState,
    ];

    private static readonly byte[] Protocols =
        [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.UdpLite, IpProtocol.Sctp, IpProtocol.Dccp, IpProtocol.Icmp, IpProtocol.IcmpV6];

    private readonly Family _family;
    private readonly Flavour _flavour;
    private readonly HashSet<FieldSet>?[] _sets = new HashSet<FieldSet>?[PacketFieldInfo.Count];
    private readonly List<UInt128>?[] _starts = new List<UInt128>?[PacketFieldInfo.Count];
    private readonly HashSet<UInt128>[] _constants = [.. Enumerable.Range(0, PacketFieldInfo.Count).Select(_ => new HashSet<UInt128>())];
    private readonly List<Func<uint, uint>>[] _operations =
        [.. Enumerable.Range(0, PacketFieldInfo.Count).Select(_ => new List<Func<uint, uint>>())];
    private readonly MarkValues _marks = new();

    public SpaceLayoutBuilder(ReadOnlySpan<CompiledRuleset> rulesets)
    {
        (_family, _flavour) = (rulesets[0].Family, rulesets[0].Flavour);
        foreach (var field in Always)
        {
            _sets[(int)field] = [];
        }
        foreach (var ruleset in rulesets)
        {
            Add(ruleset);
        }
        foreach (var protocol in Protocols)
        {
            AddValue(PacketField.Protocol, protocol);
        }
        foreach (var state in FieldValues.Of(PacketField.ConntrackState) ?? [])
        {
            _constants[(int)PacketField.ConntrackState].Add(state);
        }
        // 0 is 'no such interface' and stands alone.
        AddStart(PacketField.InInterface, 1);
        AddStart(PacketField.OutInterface, 1);
        AddValue(PacketField.Destination, _family == Family.IPv4 ? 0x7F000001u : 1u);
    }

    public SpaceLayout Build()
    {
        if (_sets[(int)PacketField.ExtensionHeaders] is { } headers)
        {
            // A later fragment is known by its header, and what nf_tables takes for the protocol by another.
            headers.Add(FieldSet.AnyBit((int)ExtensionHeaders.Fragment));
            headers.Add(FieldSet.AnyBit((int)ExtensionHeaders.Authentication));
            AddValue(PacketField.Protocol, IpProtocol.Ah);
        }
        if (EntrySpace.TrackedPorts.Any(field => _sets[(int)field] is not null || _starts[(int)field] is not null))
        {
            AddValue(PacketField.Protocol, IpProtocol.Gre);
        }
        var fields = Enumerable.Range(0, PacketFieldInfo.Count)
            .Where(f => !PacketFieldInfo.IsMark((PacketField)f) && (_sets[f] is not null || _starts[f] is not null)).ToArray();
        var dimensions = new Dimension[fields.Length];
        Parallel.For(0, fields.Length, index => dimensions[index] = Create((PacketField)fields[index]));
        return new SpaceLayout(_family, [.. dimensions, .. _marks.Create()]) { TellsHopsLeft = TellsHopsLeft, SeesBehindAuthentication = _flavour == Flavour.Legacy };
    }

    private Dimension Create(PacketField field)
    {
        var hasAbsent = !PacketFieldInfo.IsAlwaysPresent(field);
        if (FieldValues.Of(field) is { } values)
        {
            IReadOnlyCollection<FieldSet> sets = _sets[(int)field] ?? [];
            return EnumeratedDimension.Create(
                field, values, field == PacketField.Ttl && TellsHopsLeft ? WithOneHopMore(sets) : sets, _operations[(int)field], _constants[(int)field], hasAbsent);
        }
        var max = FieldValues.MaxOf(field, _family);
        var starts = (_starts[(int)field] ?? []).Where(start => start <= max);
        return max > ulong.MaxValue
            ? new IntervalDimension(field, [.. SortedDistinct(starts)], max, hasAbsent)
            : new IntervalDimension(field, [.. SortedDistinct(starts.Select(start => (ulong)start))], (ulong)max, hasAbsent);
    }

    private bool TellsHopsLeft => _operations[(int)PacketField.Ttl].Count == 0;

    /// <summary>Behind routing a rule asks for what is left of the hops: each set is asked for as it is, and with the hop that passing on takes.</summary>
    private static FieldSet[] WithOneHopMore(IReadOnlyCollection<FieldSet> sets) =>
    [
        FieldSet.Range(0, 1), .. sets, .. sets.Select(set => FieldSet.Union(
            Enumerable.Range(1, byte.MaxValue).Select(hops => new Interval((UInt128)hops, (UInt128)hops))
                .Where(hops => set.Contains(Change.OneHopLess.Apply((uint)hops.Low))))),
    ];

    private static IEnumerable<T> SortedDistinct<T>(IEnumerable<T> values)
        where T : struct, IEquatable<T>
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || !sorted[i].Equals(sorted[i - 1]))
            {
                yield return sorted[i];
            }
        }
    }

    private void Add(CompiledRuleset ruleset)
    {
        for (var f = 0; f < ruleset.Classifiers.Length; f++)
        {
            // Fields whose values are enumerated are grouped by their sets instead.
            if (ruleset.Classifiers[f] is { } classifier && FieldValues.Of((PacketField)f) is null && !FieldValues.IsOfMany((PacketField)f)
                && !PacketFieldInfo.IsMark((PacketField)f))
            {
                (_starts[f] ??= []).AddRange(classifier.Starts);
            }
        }
        foreach (var predicate in ruleset.Predicates)
        {
            if (predicate.Field is not { } field || predicate.Condition is not Condition.FieldCondition { Set: var set })
            {
                Add(predicate.Condition);
            }
            else if (!predicate.IsClassified || FieldValues.Of(field) is not null || PacketFieldInfo.IsMark(field))
            {
                Add(field, set);
            }
        }
        var translations = ruleset.Actions.Count(action => action.Effect is Effect.Translate);
        foreach (var field in (ReadOnlySpan<PacketField>)[PacketField.Source, PacketField.Destination, PacketField.SourcePort, PacketField.DestinationPort])
        {
            // As many as a proxy's rules write, growing step by step costs as much as all that is done with them.
            var starts = _starts[(int)field] ??= [];
            starts.EnsureCapacity(starts.Count + (2 * translations));
        }
        foreach (var action in ruleset.Actions)
        {
            if (action.Kind == ActionKind.Synproxy)
            {
                Add(PacketField.TcpFlags, SynproxyTarget.Opening);
                Add(PacketField.TcpFlags, SynproxyTarget.Answer);
            }
            Add(action.Effect);
        }
    }

    /// <summary>Adds what a condition asks for.</summary>
    public void Add(Condition condition)
    {
        switch (condition)
        {
            case Condition.FieldCondition field:
                Add(field.TestedField, field.Set);
                break;
            case Condition.NotCondition not:
                Add(not.Operand);
                break;
            case Condition.AllOfCondition all:
                Array.ForEach([.. all.Parts], Add);
                break;
            case Condition.AnyOfCondition any:
                Array.ForEach([.. any.Parts], Add);
                break;
            default:
                break;
        }
    }

    private void Add(PacketField field, FieldSet set)
    {
        if (PacketFieldInfo.IsMark(field))
        {
            _marks.AddTest(field, set);
        }
        else if (FieldValues.Of(field) is not null)
        {
            (_sets[(int)field] ??= []).Add(set);
        }
        else if (ConditionBoxes.InIntervals(field, set, _family) is { IsMasked: false } intervals && !FieldValues.IsOfMany(field))
        {
            _starts[(int)field] ??= [];
            foreach (var (low, high) in intervals.Ranges)
            {
                AddStart(field, low);
                AddStart(field, high == UInt128.MaxValue ? 0 : high + 1);
            }
        }
    }

    private void AddStart(PacketField field, UInt128 start)
    {
        if (start != 0)
        {
            (_starts[(int)field] ??= []).Add(start);
        }
    }

    private void AddValue(PacketField field, UInt128 value)
    {
        AddStart(field, value);
        AddStart(field, value + 1);
    }

    private void Add(Effect? effect)
    {
        switch (effect)
        {
            case Effect.SetMark set:
                _marks.AddChange(PacketField.Mark, set.Value, set.Mask);
                break;
            case Effect.SetConnectionMark set:
                _marks.AddChange(PacketField.ConnectionMark, set.Value, set.Mask);
                break;
            case Effect.SaveMark save:
                _marks.AddCopy(save.PacketMask, save.ConnectionMask);
                break;
            case Effect.RestoreMark restore:
                _marks.AddCopy(restore.PacketMask, restore.ConnectionMask);
                break;
            case Effect.ShiftMark:
                _marks.AddCopy(uint.MaxValue, uint.MaxValue);
                break;
            case Effect.ProxyTo proxy:
                _marks.AddChange(PacketField.Mark, proxy.MarkValue, proxy.MarkMask);
                break;
            case Effect.HashMark or Effect.ChangeSet { MapsMark: true }:
                _marks.AddChange(PacketField.Mark, 0, uint.MaxValue);
                break;
            case Effect.SetTos tos:
                AddOperation(PacketField.Tos, tos.Apply);
                break;
            case Effect.SetTcpFlags flags:
                AddOperation(PacketField.TcpFlags, flags.Apply);
                break;
            case Effect.SetTtl ttl:
                AddOperation(PacketField.Ttl, ttl.Apply);
                break;
            case Effect.SetZone { FromMark: false } zone when _starts[(int)PacketField.ConntrackZone] is not null:
                AddValue(PacketField.ConntrackZone, zone.Zone);
                break;
            case Effect.Translate translate:
                AddAddresses(translate.Low is { } low ? new Interval(low.Value, (translate.High ?? low).Value) : null);
                AddPorts(translate.Ports);
                break;
            case Effect.MapNetwork map:
                AddAddresses(map.GetAddresses());
                break;
            case Effect.Several several:
                Array.ForEach([.. several.Effects], Add);
                break;
            default:
                break;
        }
    }

    /// <summary>What an operation makes of every value alike is a class of its own, so that having it is being unchanged.</summary>
    private void AddOperation(PacketField field, Func<uint, uint> operation)
    {
        _sets[(int)field] ??= [];
        if (operation(0) == operation(byte.MaxValue))
        {
            _constants[(int)field].Add(operation(0));
            _constants[(int)field].Add(operation(0) + 1); // which a hop makes the same
        }
        else
        {
            _operations[(int)field].Add(operation);
        }
    }

    private void AddAddresses(Interval? addresses)
    {
        if (addresses is var (first, last))
        {
            foreach (var field in (ReadOnlySpan<PacketField>)[PacketField.Source, PacketField.Destination])
            {
                AddStart(field, first);
                AddStart(field, last + 1);
            }
        }
    }

    private void AddPorts((ushort Low, ushort High)? ports)
    {
        if (ports is var (first, last))
        {
            foreach (var field in (ReadOnlySpan<PacketField>)[PacketField.SourcePort, PacketField.DestinationPort])
            {
                AddValue(field, first);
                AddStart(field, (UInt128)last + 1);
            }
        }
    }
}
