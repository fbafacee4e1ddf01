using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RuleCompiler.Packets.Parsing;

namespace RuleCompiler.Packets;

/// <summary>The values of spaces that are more than one value: ranges, wildcards, some of the bits.</summary>
internal static class SpaceWords
{
    /// <summary>Stands between a wildcard and each name that it shall not have: <c>eth+-eth0-eth1</c>.</summary>
    public const string But = "-";

    /// <summary>What tells such a word from a name.</summary>
    public const string AllBut = "+-";

    private const int AddressTypeBits = 12;

    /// <summary>One value, or <c>FIRST-LAST</c>; a value with dashes in it is tried whole first.</summary>
    public static IEnumerable<Interval>? Range(string word, Func<string, Interval?> find)
    {
        if (find(word) is { } single)
        {
            return [single];
        }
        for (var dash = word.IndexOf('-', StringComparison.Ordinal); dash > 0; dash = word.IndexOf('-', dash + 1))
        {
            if (find(word[..dash]) is { } low && find(word[(dash + 1)..]) is { } high && low.Low <= high.High)
            {
                return [new Interval(low.Low, high.High)];
            }
        }
        return null;
    }

    public static IEnumerable<Interval>? Single(int? value) => value is { } known ? [new Interval((UInt128)known, (UInt128)known)] : null;

    /// <summary>A name, a wildcard <c>eth+</c>, one without some of its names, or names from one packed number to another.</summary>
    public static IEnumerable<Interval>? Interface(Word word)
    {
        if (!word.IsQuoted && Range(word.Text, Packed) is { } numbers && word.Text.StartsWith("0x", StringComparison.Ordinal))
        {
            return numbers;
        }
        if (!word.IsQuoted && word.Text.IndexOf(AllBut, StringComparison.Ordinal) is > 0 and var but)
        {
            return WithoutSome(word.Text[..but], word.Text[(but + 1)..]);
        }
        return Names(word.Text, word.IsQuoted) is { } names ? [names] : null;
    }

    private static Interval? Names(string text, bool isQuoted)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length == 0 || bytes.Length > InterfaceName.MaxBytes + (isQuoted ? 0 : 1))
        {
            return null;
        }
        if (!isQuoted && bytes[^1] == '+')
        {
            return InterfaceName.WithPrefix(bytes.AsSpan()[..^1]);
        }
        var packed = InterfaceName.Pack(bytes);
        return bytes.Length > InterfaceName.MaxBytes ? null : new Interval(packed, packed);
    }

    /// <param name="prefix">What all names begin with.</param>
    /// <param name="but">Those left out, each behind a dash; they begin with it too, which tells these dashes from others.</param>
    private static ImmutableArray<Interval>? WithoutSome(string prefix, string but)
    {
        var parts = but.Split(But + prefix);
        var left = parts.Skip(1).Select(part => Names(prefix + part, isQuoted: false)).ToList();
        return parts[0].Length == 0 && left.Count > 0 && !left.Contains(null) && Names(prefix + '+', isQuoted: false) is { } all
            ? FieldSet.Range(all).Except(FieldSet.Union(left.OfType<Interval>())).Ranges : null;
    }

    /// <summary>Names between two rules' names, which no wildcard says: as numbers.</summary>
    public static string PrintNames(UInt128 low, UInt128 high) => string.Create(CultureInfo.InvariantCulture, $"0x{low:x32}-0x{high:x32}");

    /// <summary>Bits that are set, all others not; or behind a slash the only bits that count.</summary>
    public static IEnumerable<Interval>? Bits(string word, uint all, Func<string, uint?> find)
    {
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        var bits = Sum(slash < 0 ? word : word[..slash], find);
        var mask = slash < 0 ? all : Sum(word[(slash + 1)..], find);
        if (bits is not { } wanted || mask is not { } counted)
        {
            return null;
        }
        return Enumerable.Range(0, (int)all + 1).Where(value => ((uint)value & counted) == wanted)
            .Select(value => new Interval((UInt128)value, (UInt128)value));
    }

    /// <summary>
    /// A type of address (<c>LOCAL</c>: whatever else it is), types that one address has (<c>LOCAL+UNICAST</c>), or a type and
    /// nothing else (<c>=LOCAL</c>); <c>NONE</c>.
    /// </summary>
    public static IEnumerable<Interval>? AddressTypes(string word)
    {
        if (word == "NONE")
        {
            return [new Interval(0, 0)];
        }
        var bits = Sum(word.TrimStart('=').Replace('+', ','), name => FieldNames.FindBit(PacketField.SourceAddressType, name));
        if (bits is not { } wanted)
        {
            return null;
        }
        var isWhole = word.StartsWith('=') || word.Contains('+', StringComparison.Ordinal);
        return Enumerable.Range(0, 1 << AddressTypeBits)
            .Where(value => isWhole ? value == wanted : (value & wanted) != 0)
            .Select(value => new Interval((UInt128)value, (UInt128)value));
    }

    /// <summary>What a clause of a space has behind its name, in words.</summary>
    public static string Needs(string name) => name switch
    {
        "in" or "out" or "physin" or "physout" => "names of interfaces, with '+' at the end for all that begin so",
        "state" => "some of NEW, ESTABLISHED, RELATED, INVALID, UNTRACKED",
        "flags" => "flags that are set, such as SYN,ACK or SYN/FIN,SYN,RST,ACK, with '|' between several",
        "ctstatus" => "status bits, or BITS/MASK, with '|' between several",
        "rcvsocket" => "'exists', 'wildcard', 'transparent', or BITS/MASK, with '|' between several",
        "type" => "types, TYPE/CODE, or names that iptables has for them",
        "srctype" or "dsttype" or "srctype@in" or "srctype@out" or "dsttype@in" or "dsttype@out" => "types such as LOCAL, UNICAST, BROADCAST",
        "mark" or "ctmark" or "mark^ctmark" => "32-bit numbers, NUMBER/MASK for some of the bits, '-' before each that is left out, lists and '!'",
        "socket" => "'none', 'kernel' or 'process'",
        "frame" or "dir" or "fragment" or "bridged" or "ctproto" or "match" => ClauseNames.Needs(name),
        "in-set" => $"{ClauseNames.Needs(name)}; also '!', and '|' between alternatives",
        "exthdr" => $"{ClauseNames.Needs(name)}; also NONE, '!', SET/MASK, and '|' between alternatives",
        "groups" => $"{ClauseNames.Needs(name)}; also '!', SET/MASK, and '|' between alternatives",
        "options" or "chunks" => $"{ClauseNames.Needs(name)}, or NONE; also '!', SET/MASK, and '|' between alternatives",
        _ => $"{ClauseNames.Needs(name)}; also ranges, lists and '!'",
    };

    private static uint? Sum(string list, Func<string, uint?> find)
    {
        uint sum = 0;
        foreach (var name in list.Split(','))
        {
            if (name != "NONE" && find(name) is not { } && name != "ALL")
            {
                return null;
            }
            sum |= name == "NONE" ? 0 : find(name) ?? uint.MaxValue;
        }
        return sum;
    }

    private static Interval? Packed(string word) =>
        word.StartsWith("0x", StringComparison.Ordinal) && word.Length == 34
        && UInt128.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? new Interval(number, number) : null;
}
