using System.Text;
using RuleCompiler.Packets.Parsing;

namespace RuleCompiler.Packets;

/// <summary>Prints sets of interfaces' names as space expressions have them; what <see cref="SpaceWords.Interface"/> reads.</summary>
internal static class InterfaceSetText
{
    private const string Any = "*";

    /// <summary>Names of interfaces; 'no such interface' is not told here.</summary>
    public static string Of(FieldSet set) => Of(set, first: 1, mayNegate: true);

    /// <param name="set">The names.</param>
    /// <param name="first">The first number that is a name: 0 is 'no such interface', and of bridge ports nothing by itself.</param>
    /// <param name="mayNegate">Whether all but some may be said.</param>
    public static string Of(FieldSet set, UInt128 first, bool mayNegate)
    {
        var names = Named(set);
        if (names is [{ Low: var low, High: var high }] && low == first && high == UInt128.MaxValue)
        {
            return Any;
        }
        var others = Named(FieldSet.Union(names).Complement(UInt128.MaxValue));
        var (plain, negated) = (Words(names), Words(others));
        var (unsaid, unsaidOthers) = (plain.Count(word => !word.IsSaid), negated.Count(word => !word.IsSaid));
        var isNegated = mayNegate && (unsaidOthers < unsaid || (unsaid + unsaidOthers == 0 && negated.Count < plain.Count));
        return (isNegated ? "!" : "") + string.Join(',', (isNegated ? negated : plain).Select(word => word.Text));

        List<Interval> Named(FieldSet all) =>
            [.. all.Ranges.Where(range => range.High >= first).Select(range => range with { Low = UInt128.Max(range.Low, first) })];
    }

    /// <summary>The words for some names; one that is not said is of two numbers.</summary>
    private static List<(string Text, bool IsSaid)> Words(List<Interval> names)
    {
        var words = new List<(string, bool)>();
        for (var i = 0; i < names.Count; i++)
        {
            if (AllButSome(names, i) is var (text, last))
            {
                words.Add((text, true));
                i = last;
                continue;
            }
            var said = NameOf(names[i]);
            words.Add((said ?? SpaceWords.PrintNames(names[i].Low, names[i].High), said is not null));
        }
        return words;
    }

    /// <summary>All names that begin alike but for some, where that is what some ranges from one on are; and the last of these.</summary>
    private static (string Text, int Last)? AllButSome(List<Interval> names, int first)
    {
        var prefix = CommonPrefix(names[first]);
        var all = InterfaceName.WithPrefix(prefix);
        var own = names.Skip(first).TakeWhile(range => range.Low >= all.Low && range.High <= all.High).ToList();
        if (prefix.Length == 0 || NameOf(all) is not { } wildcard || (first > 0 && names[first - 1].High >= all.Low) || (own.Count == 1 && own[0] == all))
        {
            return null;
        }
        var missing = FieldSet.Range(all).Except(FieldSet.Union(own)).Ranges.ToList();
        if (missing.Exists(range => NameOf(range) is null))
        {
            return null;
        }
        var text = string.Concat(missing.Select(range => SpaceWords.But + NameOf(range)).Prepend(wildcard));
        return SpaceWords.Interface(new Word(text, default))?.SequenceEqual(own) == true ? (text, first + own.Count - 1) : null;
    }

    private static byte[] CommonPrefix(Interval names)
    {
        var shift = UInt128.LeadingZeroCount(names.Low ^ names.High);
        var length = Math.Min((int)shift / 8, InterfaceName.MaxBytes);
        return [.. Enumerable.Range(0, length).Select(i => (byte)(names.Low >> (120 - (8 * i)))).TakeWhile(value => value != 0)];
    }

    /// <summary>A name, or a wildcard; null for names that neither says.</summary>
    private static string? NameOf(Interval names)
    {
        var name = InterfaceName.Unpack(names.Low);
        if (name.Length == 0 || InterfaceName.Pack(name) != names.Low)
        {
            return null;
        }
        if (names.Low == names.High)
        {
            return ClauseWords.PrintName(name);
        }
        var isPlain = ClauseWords.PrintName(name) == name || name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        return isPlain && InterfaceName.WithPrefix(Encoding.UTF8.GetBytes(name)) == names ? $"{name}+" : null;
    }
}
