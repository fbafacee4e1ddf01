using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>Chooses the fields that the rows of some chains are told apart by.</summary>
/// <remarks>
/// A field is of use only where a packet's value is known and stays what it is while the chains are walked: so none that
/// one of their rows changes, and none that packets seldom tell. Conditions on other fields are asked of the row itself.
/// </remarks>
internal sealed class LanePlan
{
    private readonly CompiledRuleset _rules;
    private readonly List<FieldSet>?[] _sets = new List<FieldSet>?[PacketFieldInfo.Count];
    private readonly bool[] _isUseless = new bool[PacketFieldInfo.Count];

    private LanePlan(CompiledRuleset rules)
    {
        _rules = rules;
        foreach (var field in Enum.GetValues<PacketField>())
        {
            _isUseless[(int)field] = IsSeldomTold(field);
        }
    }

    /// <summary>The lanes, those that most rows test first; at most as many as a search can have.</summary>
    public static ImmutableArray<Lane> Choose(CompiledRuleset rules, IEnumerable<DecisionTable> chains)
    {
        var plan = new LanePlan(rules);
        foreach (var chain in chains)
        {
            foreach (ref readonly var row in chain.Rows.AsSpan())
            {
                plan.Add(row);
            }
        }
        return
        [
            .. Enum.GetValues<PacketField>()
                .Where(field => plan._sets[(int)field] is not null && !plan._isUseless[(int)field])
                .OrderByDescending(field => plan._sets[(int)field]?.Count)
                .Select(plan.CreateLane)
                .OfType<Lane>()
                .Take(BoxTree.MaxLaneCount),
        ];
    }

    private static bool IsSeldomTold(PacketField field) => field is PacketField.Groups or PacketField.Length
        or PacketField.MacSource or PacketField.SctpChunksLow or PacketField.SctpChunksHigh or PacketField.ReceivingSocket
        or (>= PacketField.ConntrackStatus and <= PacketField.ReplyDestinationPort);

    private void Add(in Row row)
    {
        foreach (var reference in _rules.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
        {
            Add(_rules.Predicates[reference >> 1].Condition);
        }
        if (row.Kind is not (ActionKind.Jump or ActionKind.Goto))
        {
            RemoveChanged(_rules.Actions[row.Target].Effect);
        }
    }

    private void Add(Condition condition)
    {
        switch (condition)
        {
            case Condition.FieldCondition field:
                (_sets[(int)field.TestedField] ??= []).Add(field.Set);
                break;
            case Condition.NotCondition not:
                Add(not.Operand);
                break;
            case Condition.AllOfCondition all:
                all.Parts.ToList().ForEach(Add);
                break;
            case Condition.AnyOfCondition any:
                any.Parts.ToList().ForEach(Add);
                break;
        }
    }

    private void RemoveChanged(Effect? effect)
    {
        switch (effect)
        {
            case Effect.ShiftMark shift:
                RemoveChanged(shift.Unshifted);
                break;
            case Effect.SetMark or Effect.RestoreMark or Effect.HashMark or Effect.ChangeSet { MapsMark: true }:
                _isUseless[(int)PacketField.Mark] = true;
                break;
            case Effect.SetConnectionMark or Effect.SaveMark:
                _isUseless[(int)PacketField.ConnectionMark] = true;
                break;
            case Effect.MapPrefix map:
                _isUseless[(int)(map.IsSource ? PacketField.Source : PacketField.Destination)] = true;
                _isUseless.AsSpan((int)PacketField.SourceAddressType).Fill(true); // and who would take it
                break;
            case Effect.SetTos:
                _isUseless[(int)PacketField.Tos] = true;
                break;
            case Effect.SetTtl:
                _isUseless[(int)PacketField.Ttl] = true;
                break;
            case Effect.ChangeTcp tcp:
                for (var field = 0; field < _isUseless.Length; field++)
                {
                    _isUseless[field] |= tcp.Changes((PacketField)field);
                }
                break;
            case Effect.Untrack or Effect.SetZone or Effect.PrepareTracking:
                _isUseless.AsSpan(
                    (int)PacketField.ConnectionMark, PacketField.ConntrackZone - PacketField.ConnectionMark + 1).Fill(true);
                break;
            case Effect.Several several:
                several.Effects.ToList().ForEach(RemoveChanged);
                break;
        }
    }

    /// <returns>Null where no set of the field can be told by intervals.</returns>
    private Lane? CreateLane(PacketField field)
    {
        var sets = _sets[(int)field] ?? [];
        var max = PacketFieldInfo.Max(field);
        if (field is PacketField.Source or PacketField.Destination && _rules.Family == Family.IPv4)
        {
            return new Lane.Plain(field, uint.MaxValue);
        }
        if (max <= Lane.MaxCoded && sets.Exists(set => set.IsMasked))
        {
            return new Lane.Coded(field, sets);
        }
        return max < uint.MaxValue || (max == uint.MaxValue && PacketFieldInfo.IsAlwaysPresent(field))
            ? new Lane.Plain(field, (uint)max)
            : _rules.Classifiers[(int)field] is { } classifier ? new Lane.Classed(field, classifier) : null;
    }
}
