using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>Turns conditions into boxes.</summary>
/// <remarks>
/// What is made always holds every point for which the condition may hold. It holds no other, and is called exact, where
/// the condition is made of field tests that the lanes can tell.
/// </remarks>
internal sealed class RowBoxes(CompiledRuleset rules, ImmutableArray<Lane> lanes)
{
    /// <summary>A condition that would make more of them out of one row is left to the row itself.</summary>
    private const int MaxCount = 32;

    /// <summary>The one box that holds every point.</summary>
    public ImmutableArray<uint[]> Everything { get; } =
        [[.. lanes.SelectMany(lane => new uint[] { 0, lane.Max })]];

    /// <summary>The part of <paramref name="boxes"/> for which a row may match.</summary>
    public (ImmutableArray<uint[]> Boxes, bool IsExact) Restrict(ImmutableArray<uint[]> boxes, in Row row)
    {
        var isExact = true;
        foreach (var reference in rules.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
        {
            (boxes, var isPartExact) = Restrict(boxes, rules.Predicates[reference >> 1].Condition, (reference & 1) != 0);
            isExact &= isPartExact;
        }
        return (boxes, isExact);
    }

    private (ImmutableArray<uint[]> Boxes, bool IsExact) Restrict(
        ImmutableArray<uint[]> boxes, Condition condition, bool isNegated) => condition switch
        {
            Condition.FieldCondition field => Restrict(boxes, field, isNegated),
            Condition.NotCondition not => Restrict(boxes, not.Operand, !isNegated),
            Condition.AllOfCondition all =>
                isNegated ? RestrictToAny(boxes, all.Parts, isNegated) : RestrictToAll(boxes, all.Parts, isNegated),
            Condition.AnyOfCondition any =>
                isNegated ? RestrictToAll(boxes, any.Parts, isNegated) : RestrictToAny(boxes, any.Parts, isNegated),
            _ => (boxes, false),
        };

    private (ImmutableArray<uint[]> Boxes, bool IsExact) RestrictToAll(
        ImmutableArray<uint[]> boxes, ImmutableArray<Condition> parts, bool isNegated)
    {
        var isExact = true;
        foreach (var part in parts)
        {
            (boxes, var isPartExact) = Restrict(boxes, part, isNegated);
            isExact &= isPartExact;
        }
        return (boxes, isExact);
    }

    private (ImmutableArray<uint[]> Boxes, bool IsExact) RestrictToAny(
        ImmutableArray<uint[]> boxes, ImmutableArray<Condition> parts, bool isNegated)
    {
        var isExact = true;
        var union = ImmutableArray.CreateBuilder<uint[]>();
        foreach (var part in parts)
        {
            var (restricted, isPartExact) = Restrict(boxes, part, isNegated);
            isExact &= isPartExact;
            union.AddRange(restricted);
        }
        return union.Count > Math.Max(MaxCount, boxes.Length) ? (boxes, false) : (union.ToImmutable(), isExact);
    }

    private (ImmutableArray<uint[]> Boxes, bool IsExact) Restrict(
        ImmutableArray<uint[]> boxes, Condition.FieldCondition condition, bool isNegated)
    {
        var field = condition.TestedField;
        var set = isNegated ? condition.Set.Complement(PacketFieldInfo.Max(field)) : condition.Set;
        var lane = 0;
        while (lane < lanes.Length && lanes[lane].Field != field)
        {
            lane++;
        }
        if (lane == lanes.Length || lanes[lane].Intervals(set) is not { } intervals)
        {
            return (boxes, false);
        }
        var restricted = ImmutableArray.CreateBuilder<uint[]>(boxes.Length);
        foreach (var box in boxes)
        {
            foreach (var (low, high) in intervals)
            {
                if (Cut(box, lane, low, high) is { } part)
                {
                    restricted.Add(part);
                }
            }
            if (restricted.Count > Math.Max(MaxCount, boxes.Length))
            {
                return (boxes, false);
            }
        }
        return (restricted.DrainToImmutable(), true);
    }

    private static uint[]? Cut(uint[] box, int lane, uint low, uint high)
    {
        low = Math.Max(low, box[2 * lane]);
        high = Math.Min(high, box[(2 * lane) + 1]);
        if (low > high)
        {
            return null;
        }
        uint[] part = [.. box];
        (part[2 * lane], part[(2 * lane) + 1]) = (low, high);
        return part;
    }
}
