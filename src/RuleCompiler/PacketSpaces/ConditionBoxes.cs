using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Turns conditions into unions of boxes.</summary>
/// <param name="layout">The dimensions.</param>
/// <param name="maxBoxes">A condition of more boxes is not turned into any.</param>
internal sealed class ConditionBoxes(SpaceLayout layout, int maxBoxes = ConditionBoxes.MaxBoxes)
{
    /// <summary>A condition of a rule of more boxes than this is left as an unknown.</summary>
    public const int MaxBoxes = 4096;

    /// <summary>An address under a mask of more networks than this is left as one.</summary>
    private const int MostIntervals = 1024;

    private static readonly SpaceTest[][] Everything = [[]];

    /// <summary>A set as a dimension of intervals has it: an address under a mask with holes is many networks, if it is not too many.</summary>
    public static FieldSet InIntervals(PacketField field, FieldSet set, Family family) => set.AsIntervals(FieldValues.MaxOf(field, family), MostIntervals);

    /// <summary>The disjoint boxes of the packets for which a condition holds, or does not.</summary>
    /// <returns>Null where it hangs on something that boxes cannot say.</returns>
    public SpaceTest[][]? Of(Condition condition, bool holds)
    {
        switch (condition)
        {
            case Condition.AlwaysCondition:
                return holds ? Everything : [];
            case Condition.NeverCondition:
                return holds ? [] : Everything;
            case Condition.NotCondition not:
                return Of(not.Operand, !holds);
            case Condition.FieldCondition field:
                return Of(field.TestedField, field.Set, holds);
            case Condition.AllOfCondition all:
                return holds ? AllOf(all.Parts, true) : AnyOf(all.Parts, false);
            case Condition.AnyOfCondition any:
                return holds ? AnyOf(any.Parts, true) : AllOf(any.Parts, false);
            default:
                return null;
        }
    }

    /// <summary>The intersection of two unions; null where it has too many boxes.</summary>
    public SpaceTest[][]? And(SpaceTest[][] left, SpaceTest[][] right)
    {
        if (right is [[]])
        {
            return left;
        }
        // One box more never makes more of the others: sets of thousands of addresses are one test of a field.
        if (Math.Min(left.Length, right.Length) > 1 && (long)left.Length * right.Length > maxBoxes)
        {
            return null;
        }
        var result = new List<SpaceTest[]>(left.Length * right.Length);
        foreach (var one in left)
        {
            foreach (var other in right)
            {
                if (Meet(one, other) is { } both)
                {
                    result.Add(both);
                }
            }
        }
        return [.. result];
    }

    /// <summary>The intersection of two boxes; null where it is empty.</summary>
    private SpaceTest[]? Meet(SpaceTest[] left, SpaceTest[] right)
    {
        var result = new List<SpaceTest>(left.Length + right.Length);
        int i = 0, j = 0;
        while (i < left.Length || j < right.Length)
        {
            if (j == right.Length || (i < left.Length && left[i].Dimension < right[j].Dimension))
            {
                result.Add(left[i++]);
            }
            else if (i == left.Length || right[j].Dimension < left[i].Dimension)
            {
                result.Add(right[j++]);
            }
            else
            {
                var dimension = left[i].Dimension;
                var code = Boxes.Meet(left[i++].Code, right[j++].Code, dimension < layout.NarrowCount);
                if (code == Boxes.Nothing)
                {
                    return null;
                }
                result.Add(new SpaceTest(dimension, code));
            }
        }
        return [.. result];
    }

    private SpaceTest[][]? AllOf(ImmutableArray<Condition> parts, bool hold)
    {
        SpaceTest[][]? result = Everything;
        foreach (var part in parts)
        {
            result = Of(part, hold) is { } boxes ? And(result, boxes) : null;
            if (result is null)
            {
                return null;
            }
        }
        return result;
    }

    /// <summary>Each part without those before it, so that the boxes are disjoint.</summary>
    private SpaceTest[][]? AnyOf(ImmutableArray<Condition> parts, bool hold)
    {
        var result = new List<SpaceTest[]>();
        SpaceTest[][]? rest = Everything;
        foreach (var part in parts)
        {
            if (Of(part, hold) is not { } boxes || Of(part, !hold) is not { } others || And(rest, boxes) is not { } added
                || result.Count + added.Length > maxBoxes)
            {
                return null;
            }
            result.AddRange(added);
            rest = And(rest, others);
            if (rest is null)
            {
                return null;
            }
        }
        return [.. result];
    }

    private SpaceTest[][]? Of(PacketField field, FieldSet set, bool holds)
    {
        if (PacketFieldInfo.IsMark(field))
        {
            return OfMark(field == PacketField.Mark ? layout.Marks : field == PacketField.ConnectionMark ? layout.ConnectionMarks : layout.MarkDifferences, set, holds);
        }
        if (layout.Find(field) is not { } dimension)
        {
            return null;
        }
        set = dimension is EnumeratedDimension ? set : InIntervals(field, set, layout.Family);
        if (set.IsMasked && dimension is not EnumeratedDimension)
        {
            return null;
        }
        if (holds && dimension is IntervalDimension intervals && intervals.CodeOf(set) is { } only)
        {
            return [[new SpaceTest(dimension.Index, only)]];
        }
        var codes = new List<ulong>(1);
        dimension.AddCodes(holds ? set : set.Complement(FieldValues.MaxOf(field, layout.Family)), codes);
        var boxes = new SpaceTest[codes.Count][];
        for (var i = 0; i < boxes.Length; i++)
        {
            boxes[i] = [new SpaceTest(dimension.Index, codes[i])];
        }
        return boxes;
    }

    private SpaceTest[][]? OfMark(MarkDimension[] parts, FieldSet set, bool holds)
    {
        // A negated test is the complement of its cubes; 'absent' is on the side that the set says.
        var (cubes, isComplement) = MarkValues.FewestCubes(set);
        var isInside = holds != isComplement;
        var wantsAbsent = set.IncludesAbsent == holds;
        SpaceTest[][]? rest = Everything;
        var result = new List<SpaceTest[]>();
        foreach (var (bits, mask) in cubes)
        {
            var inside = parts.Where(part => (part.Mask & mask) != 0)
                .Select(part => new SpaceTest(part.Index, part.CodeOf(part.ClassOf(bits)))).OrderBy(test => test.Dimension).ToArray();
            if (isInside)
            {
                result.Add(inside.Length == 0 ? PresentOf(parts) : inside);
                continue;
            }
            var outside = new List<SpaceTest[]>();
            for (var i = 0; i < inside.Length; i++)
            {
                var part = layout.Dimensions[inside[i].Dimension];
                var others = new List<ulong>();
                part.AddDifference(part.Present, inside[i].Code, others);
                foreach (var code in others)
                {
                    outside.Add([.. inside[..i], new SpaceTest(part.Index, code)]);
                }
            }
            rest = rest is null ? null : And(rest, [.. outside]);
        }
        if (!isInside)
        {
            if (rest is null)
            {
                return null;
            }
            result = [.. rest.Select(box => box.Length == 0 ? PresentOf(parts) : box)];
        }
        if (wantsAbsent && parts.Length > 0 && parts[0].AbsentClass >= 0)
        {
            result.Add([new SpaceTest(parts[0].Index, parts[0].Absent)]);
        }
        return [.. result];
    }

    private static SpaceTest[] PresentOf(MarkDimension[] parts) =>
        parts is [{ AbsentClass: >= 0 } first, ..] ? [new SpaceTest(first.Index, first.Present)] : [];
}
