using System.Globalization;
using System.Numerics;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Prints marks, which are several dimensions, as one list of numbers and masks.</summary>
internal static class SpaceMarkText
{
    /// <summary>The values of some parts of a mark, each of which has one of some codes.</summary>
    public static string Of(IEnumerable<(MarkDimension Part, ulong[] Codes)> parts)
    {
        var limited = parts.ToList();
        if (limited.Exists(part => part.Part.AbsentClass >= 0 && part.Codes is [var only] && only == part.Part.Absent))
        {
            return "none";
        }
        // That the mark is there, or may not be, is said once, by all of its parts.
        var narrowed = limited.Where(part => part.Codes is not [var only] || only != part.Part.Present).ToList();
        var isAbsent = limited.TrueForAll(part => part.Part.AbsentClass >= 0
            && Array.Exists(part.Codes, code => Boxes.Meet(code, part.Part.Absent, part.Part.IsNarrow) != Boxes.Nothing));
        if (!isAbsent && narrowed is [var (only, codes)] && Others(only, codes) is { } missing)
        {
            return $"!{string.Join(',', missing.Select(value => Text((value, only.Mask))))}";
        }
        var cubes = new List<(uint Bits, uint Mask)> { (0, 0) };
        var excluded = new List<string>();
        foreach (var (part, values) in narrowed)
        {
            if (Others(part, values) is { } others)
            {
                excluded.AddRange(others.Select(value => Text((value, part.Mask))));
                continue;
            }
            var own = values.SelectMany(part.SetsOf).SelectMany(CubesOf).ToList();
            cubes = [.. from cube in cubes from one in own select (cube.Bits | one.Bits, cube.Mask | one.Mask)];
        }
        var words = cubes.Select(cube => excluded.Count == 0 ? Text(cube)
            : string.Create(CultureInfo.InvariantCulture, $"0x{cube.Bits:x}/0x{cube.Mask:x}-{string.Join('-', excluded)}"));
        return string.Join(',', isAbsent ? words.Append("none") : words);
    }

    /// <summary>A set as tests of which each value satisfies one; all but one value as those that differ first in one bit.</summary>
    private static IEnumerable<(uint Bits, uint Mask)> CubesOf(FieldSet set)
    {
        if (!set.IsMasked || !set.IsNegated)
        {
            return MarkValues.Cubes(set);
        }
        var cubes = new List<(uint, uint)>();
        var above = 0u;
        for (var rest = (uint)set.Mask; rest != 0;)
        {
            var bit = 1u << BitOperations.Log2(rest);
            cubes.Add((((uint)set.Bits & above) | (~(uint)set.Bits & bit), above | bit));
            above |= bit;
            rest &= ~bit;
        }
        return cubes;
    }

    /// <summary>The named values that codes have not, where they have all values that no rule names; null where they have not.</summary>
    private static List<uint>? Others(MarkDimension part, ulong[] codes)
    {
        var classes = part.ClassesOf(part.Present).ToList();
        var has = codes.SelectMany(part.ClassesOf).ToHashSet();
        return classes.Exists(cls => !part.IsSingle(cls) && has.Contains(cls))
            ? [.. classes.Where(cls => !has.Contains(cls)).Select(cls => (uint)part.ValueOf(cls))] : null;
    }

    private static string Text((uint Bits, uint Mask) cube) => cube.Mask switch
    {
        0 => "*",
        uint.MaxValue => string.Create(CultureInfo.InvariantCulture, $"0x{cube.Bits:x}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"0x{cube.Bits:x}/0x{cube.Mask:x}"),
    };
}
