using System.Collections.Immutable;
using System.Diagnostics;
using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;

namespace RuleCompiler.Evaluation;

/// <summary>Whether a row matches the packet as it is now, in three values: yes, no, or as unknowns are chosen.</summary>
/// <remarks>
/// Everything that the packet tells is asked first. Only where nothing of that fails are unknowns chosen, in the
/// order in which the rule has them, so that an outcome assumes no more than it must.
/// </remarks>
internal sealed class RowTester(CompiledRuleset rules, PacketState state, Unknowns unknowns)
{
    private readonly MatchTexts _texts = new(rules.Family);

    /// <summary>After a row that did not match: the reference (<see cref="CompiledRuleset.PredicateReferences"/>) that failed.</summary>
    public int FailedReference { get; private set; }

    public bool Matches(in Row row, RuleSymbol place)
    {
        var references = rules.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount);
        var isOpen = false;
        foreach (var reference in references)
        {
            var answer = Test(rules.Predicates[reference >> 1]);
            if (answer == ((reference & 1) != 0))
            {
                FailedReference = reference;
                return false;
            }
            isOpen |= answer is null;
        }
        if (!isOpen)
        {
            return true;
        }
        foreach (var reference in references)
        {
            var isPositive = (reference & 1) == 0;
            if (Choose(rules.Predicates[reference >> 1].Condition, isPositive, place) != isPositive)
            {
                FailedReference = reference;
                return false;
            }
        }
        return true;
    }

    /// <summary>Every reference of a row that fails for what the packet tells; no unknown is chosen.</summary>
    public ImmutableArray<int> FailingReferences(in Row row)
    {
        var failing = ImmutableArray.CreateBuilder<int>();
        foreach (var reference in rules.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
        {
            if (Test(rules.Predicates[reference >> 1]) == ((reference & 1) != 0))
            {
                failing.Add(reference);
            }
        }
        return failing.DrainToImmutable();
    }

    private bool? Test(in Predicate predicate)
    {
        if (!predicate.IsClassified || predicate.Field is not { } field)
        {
            return Evaluate(predicate.Condition);
        }
        switch (state.Ask(field))
        {
            case FieldStatus.Present:
                var fieldClass = state.Class(field);
                return fieldClass >= predicate.LowClass && fieldClass <= predicate.HighClass;
            case FieldStatus.Absent:
                return predicate.HoldsWhenAbsent;
            default:
                return Evaluate(predicate.Condition);
        }
    }

    /// <summary>What a condition says; null where that hangs on an unknown not chosen yet.</summary>
    private bool? Evaluate(Condition condition) => condition switch
    {
        Condition.FieldCondition field => Evaluate(field),
        Condition.MemberCondition member => Evaluate(member),
        Condition.UnknownCondition unknown => IsGiven(unknown) ? true : IsTold(unknown),
        Condition.NotCondition not => !Evaluate(not.Operand),
        Condition.AllOfCondition all => EvaluateAll(all.Parts.AsSpan(), decisive: false),
        Condition.AnyOfCondition any => EvaluateAll(any.Parts.AsSpan(), decisive: true),
        Condition.AlwaysCondition => true,
        Condition.NeverCondition => false,
        _ => throw new UnreachableException(),
    };

    /// <param name="parts">Parts of a conjunction or a disjunction.</param>
    /// <param name="decisive">The answer of one part that is the answer of the whole.</param>
    private bool? EvaluateAll(ReadOnlySpan<Condition> parts, bool decisive)
    {
        bool? answer = !decisive;
        foreach (var part in parts)
        {
            var one = Evaluate(part);
            if (one == decisive)
            {
                return decisive;
            }
            if (one is null)
            {
                answer = null;
            }
        }
        return answer;
    }

    private bool? Evaluate(Condition.FieldCondition condition)
    {
        var field = condition.TestedField;
        return state.Ask(field) switch
        {
            FieldStatus.Absent => condition.Set.IncludesAbsent,
            FieldStatus.Present => condition.Set.Contains(state.Value(field)),
            _ => state.Knowledge(field) is { } knowledge ? knowledge.IsIn(condition.Set)
                : field == PacketField.Groups ? EvaluateGroups(condition.Set)
                : null,
        };
    }

    /// <summary>
    /// A process has several groups. A set without 'absent' asks whether one of them is in it; a set with 'absent'
    /// is the opposite of such a question and asks whether all are.
    /// </summary>
    private bool EvaluateGroups(FieldSet set)
    {
        var decisive = !set.IncludesAbsent;
        if (set.Contains(state.Packet.Gid) == decisive)
        {
            return decisive;
        }
        foreach (var group in state.Packet.Groups)
        {
            if (set.Contains(group) == decisive)
            {
                return decisive;
            }
        }
        return !decisive;
    }

    private bool? Evaluate(Condition.MemberCondition member)
    {
        if (HasChanged(member))
        {
            return null;
        }
        if (state.Packet.Sets.Contains(member.SetName))
        {
            return true;
        }
        var key = new SetKey
        {
            Source = state.Source.Address,
            Destination = state.Destination.Address,
            Protocol = state.Packet.Protocol,
            SourcePort = state.Source.Port,
            DestinationPort = state.Destination.Port,
            IcmpTypeCode = state.Ask(PacketField.IcmpTypeCode) == FieldStatus.Present
                ? (ushort)state.Value(PacketField.IcmpTypeCode) : null,
            InInterface = state.InInterface,
            OutInterface = state.OutInterface,
            MacSource = state.Packet.MacSource,
            Mark = state.Mark,
        };
        return state.Host.Sets.Contains(member.SetName, member.Dimensions, key);
    }

    private bool HasChanged(Condition.MemberCondition member) => state.HasChangedSets && state.Host.Sets.IsChanging(member);

    private bool IsGiven(Condition.UnknownCondition unknown)
    {
        foreach (var given in state.Packet.Matches)
        {
            if (_texts.IsCalled(unknown, given))
            {
                return true;
            }
        }
        return false;
    }

    private bool? IsTold(Condition.UnknownCondition unknown) =>
        unknown.Told is { } field && state.Ask(field) == FieldStatus.Present ? state.Value(field) == 1 : null;

    /// <summary>What a condition says, choosing the unknowns that this takes.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="isPositive">Whether the rule matches where the condition holds.</param>
    /// <param name="place">The rule.</param>
    private bool Choose(Condition condition, bool isPositive, RuleSymbol place)
    {
        if (Evaluate(condition) is { } known)
        {
            return known;
        }
        switch (condition)
        {
            case Condition.FieldCondition field:
                return ChooseField(field, isPositive, place);
            case Condition.MemberCondition member when HasChanged(member):
                return unknowns.Choose("set", place, isPositive);
            case Condition.MemberCondition member:
                return unknowns.ChooseOnce($"set {member.SetName} {string.Join(',', member.Dimensions)}", "set", place, isPositive);
            case Condition.UnknownCondition { IsStateful: true } unknown:
                return unknowns.Choose(unknown.Name, place, isPositive);
            case Condition.UnknownCondition unknown:
                return unknowns.ChooseOnce(unknown.Text, unknown.Name, place, isPositive);
            case Condition.NotCondition not:
                return !Choose(not.Operand, !isPositive, place);
            case Condition.AllOfCondition all:
                return ChooseAll(all.Parts.AsSpan(), decisive: false, isPositive, place);
            case Condition.AnyOfCondition any:
                return ChooseAll(any.Parts.AsSpan(), decisive: true, isPositive, place);
            default:
                throw new UnreachableException();
        }
    }

    private bool ChooseAll(ReadOnlySpan<Condition> parts, bool decisive, bool isPositive, RuleSymbol place)
    {
        foreach (var part in parts)
        {
            if (Choose(part, isPositive, place) == decisive)
            {
                return decisive;
            }
        }
        return !decisive;
    }

    private bool ChooseField(Condition.FieldCondition condition, bool isPositive, RuleSymbol place)
    {
        var field = condition.TestedField;
        var holds = unknowns.Choose(PacketFieldInfo.Name(field), place, isPositive);
        if (state.Knowledge(field)?.With(condition.Set, holds) is { } narrowed)
        {
            state.Learn(field, narrowed);
        }
        return holds;
    }
}
