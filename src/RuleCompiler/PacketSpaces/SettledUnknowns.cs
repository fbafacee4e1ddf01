using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.PacketSpaces;

/// <summary>What the facts of a space say of the unknowns that rules ask for.</summary>
/// <remarks>Serves one thread.</remarks>
/// <param name="facts">The facts.</param>
/// <param name="unknowns">The variables.</param>
/// <param name="family">The family of the packets.</param>
internal sealed class SettledUnknowns(SpaceFacts facts, UnknownTable unknowns, Family family)
{
    private readonly Dictionary<int, bool?> _known = [];
    private readonly MatchTexts _texts = new(family);

    public SpaceFacts Facts => facts;

    /// <summary>Whether a variable holds; null where the facts leave it open.</summary>
    public bool? Find(int variable)
    {
        if (!_known.TryGetValue(variable, out var value))
        {
            // What rules have made of options before, the packet's own do not tell.
            value = unknowns[variable] is { Condition: { } condition } unknown && !(unknown.IsStateful && condition is Condition.FieldCondition)
                ? Decide(condition) : null;
            _known.Add(variable, value);
        }
        return value;
    }

    /// <summary>Whether a condition holds of packets of which the facts are true; null where that is left open.</summary>
    public bool? Decide(Condition condition)
    {
        switch (condition)
        {
            case Condition.NotCondition not:
                return !Decide(not.Operand) ?? Named(condition);
            case Condition.AllOfCondition all:
                return (all.Parts.Any(part => Decide(part) == false) ? false : all.Parts.All(part => Decide(part) == true) ? true : (bool?)null)
                    ?? Named(condition);
            case Condition.AnyOfCondition any:
                return (any.Parts.Any(part => Decide(part) == true) ? true : any.Parts.All(part => Decide(part) == false) ? false : (bool?)null)
                    ?? Named(condition);
            case Condition.MemberCondition member:
                return facts.Find(new SpaceFact(PacketClause.InSet, member.SetName)) ?? Named(condition);
            case Condition.UnknownCondition unknown:
                return Called(unknown) ?? Named(condition);
            case Condition.FieldCondition { TestedField: PacketField.Groups } groups:
                return Groups(groups.Set) ?? Named(condition);
            case Condition.FieldCondition field when ClauseOf(field.TestedField) is var (clause, first):
                return Bits(field.Set, clause, first) ?? Named(condition);
            default:
                return Named(condition);
        }
    }

    /// <summary>By the words that decision tables have for the condition.</summary>
    private bool? Named(Condition condition)
    {
        return !facts.All.Any(fact => fact.Fact.Clause == PacketClause.Match) ? null
            : facts.Find(new SpaceFact(PacketClause.Match, TextOf(condition, family)))
            ?? !facts.Find(new SpaceFact(PacketClause.Match, TextOf(condition, family, isNegated: true)));
    }

    /// <summary>A condition, or its opposite, as decision tables have it.</summary>
    public static string TextOf(Condition condition, Family family, bool isNegated = false)
    {
        var buffer = new Utf8Buffer();
        ConditionText.Write(buffer, condition, isNegated, family);
        return buffer.ToString();
    }

    private bool? Called(Condition.UnknownCondition unknown)
    {
        foreach (var (fact, holds) in facts.All)
        {
            if (fact.Clause == PacketClause.Match && _texts.IsCalled(unknown, fact.Value))
            {
                return holds;
            }
        }
        return null;
    }

    /// <summary>Whether one group is in a set; where the set has 'absent', whether all are.</summary>
    private bool? Groups(FieldSet set)
    {
        if (set.IncludesAbsent)
        {
            return !Groups(set.Complement(PacketFieldInfo.Max(PacketField.Groups)));
        }
        if (facts.NumbersOf(PacketClause.Groups, holds: true).Any(group => set.Contains(group)))
        {
            return true;
        }
        var others = facts.NumbersOf(PacketClause.Groups, holds: false).Count(group => set.Contains(group));
        return set.Ranges.Aggregate(UInt128.Zero, (sum, range) => sum + (range.High - range.Low + 1)) == (UInt128)others ? false : null;
    }

    /// <summary>The clause of a field of which each bit is an option or a chunk, and the number of its first bit; null for another field.</summary>
    public static (PacketClause Clause, uint First)? ClauseOf(PacketField field) => field switch
    {
        PacketField.TcpOptionsLow => (PacketClause.Options, 0),
        PacketField.TcpOptionsHigh => (PacketClause.Options, 128),
        PacketField.SctpChunksLow => (PacketClause.Chunks, 0),
        PacketField.SctpChunksHigh => (PacketClause.Chunks, 128),
        _ => null,
    };

    private bool? Bits(FieldSet set, PacketClause clause, uint first)
    {
        UInt128 there = 0, known = 0;
        foreach (var (fact, holds) in facts.All.Where(fact => fact.Fact.Clause == clause))
        {
            if (fact.Value == SpaceFact.None)
            {
                known = holds ? UInt128.MaxValue : known;
            }
        }
        foreach (var holds in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var number in facts.NumbersOf(clause, holds).Where(number => number >= first && number < first + 128))
            {
                known |= UInt128.One << (int)(number - first);
                there |= holds ? UInt128.One << (int)(number - first) : 0;
            }
        }
        if (known == UInt128.MaxValue)
        {
            return set.Contains(there);
        }
        var (bits, mask) = set.IsMasked ? (set.Bits, set.Mask)
            : set.Ranges is [var range] && (range.High - range.Low) is var rest && (rest & (rest + 1)) == 0 && (range.Low & rest) == 0 ? (range.Low, ~rest)
            : (0, 0);
        var isNegated = set.IsMasked && set.IsNegated;
        return ((there ^ bits) & mask & known) != 0 ? isNegated
            : mask != 0 && (mask & ~known) == 0 ? !isNegated
            : null;
    }
}
