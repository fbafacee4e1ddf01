using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Scenarios;

/// <summary>Cuts boxes into parts, by what conditions ask of packets or class by class.</summary>
internal sealed class BoxCutter(SpaceLayout layout)
{
    private const int MaxParts = 4096;

    private readonly ConditionBoxes _boxes = new(layout);

    /// <summary>Parts of boxes in which each condition holds of all packets or of none.</summary>
    /// <returns>Null where they would be too many.</returns>
    public List<ulong[]>? Cut(List<ulong[]> boxes, IEnumerable<Condition> conditions)
    {
        var parts = boxes;
        foreach (var condition in conditions)
        {
            if (_boxes.Of(condition, holds: true) is not { } inside || _boxes.Of(condition, holds: false) is not { } outside)
            {
                return null;
            }
            parts = [.. from box in parts from tests in inside.Concat(outside) select Meet(box, tests) into part where part is not null select part];
            if (parts.Count > MaxParts)
            {
                return null;
            }
        }
        return parts;
    }

    /// <summary>Parts of boxes with one class each of a dimension.</summary>
    /// <returns>Null where they would be too many.</returns>
    public static List<ulong[]>? CutByClass(List<ulong[]> boxes, Dimension dimension)
    {
        var parts = new List<ulong[]>();
        foreach (var box in boxes)
        {
            foreach (var cls in dimension.ClassesOf(box[dimension.Index]))
            {
                if (parts.Count == MaxParts)
                {
                    return null;
                }
                ulong[] part = [.. box];
                part[dimension.Index] = dimension.CodeOf(cls);
                parts.Add(part);
            }
        }
        return parts;
    }

    /// <summary>Parts of a box with one value each of some dimensions; of interfaces, those that nothing names are one.</summary>
    /// <returns>Null where they would be too many, or where the layout has no class for each value.</returns>
    public static List<ulong[]>? CutByValue(ulong[] box, IEnumerable<Dimension> dimensions)
    {
        List<ulong[]>? parts = [box];
        foreach (var dimension in dimensions)
        {
            if (dimension.Field is not (PacketField.InInterface or PacketField.OutInterface) && !dimension.ClassesOf(box[dimension.Index]).All(dimension.IsSingle))
            {
                return null;
            }
            parts = CutByClass(parts, dimension);
            if (parts is null)
            {
                return null;
            }
        }
        return parts;
    }

    private ulong[]? Meet(ulong[] box, SpaceTest[] tests)
    {
        ulong[] common = [.. box];
        foreach (var (dimension, code) in tests)
        {
            common[dimension] = Boxes.Meet(common[dimension], code, dimension < layout.NarrowCount);
            if (common[dimension] == Boxes.Nothing)
            {
                return null;
            }
        }
        return common;
    }
}
