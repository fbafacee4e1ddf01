using System.Globalization;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Packets;

/// <summary>Prints sets of one field as space expressions have them; what <c>SpaceReader</c> reads.</summary>
internal static class SpaceSetText
{
    private const string None = "none";
    private const string Any = "*";

    /// <summary>The types that an address can have: the last two that rules can name, NAT and XRESOLVE, are of none.</summary>
    private const int AddressTypeBits = 10;

    private const int HeaderBits = 5;

    /// <summary>Names where there are, with <c>!</c> where fewer are left out than are in.</summary>
    public static string Protocols(FieldSet set, Family family)
    {
        var others = set.Complement(byte.MaxValue).WithAbsent(false);
        return others.IsEmpty ? Any
            : others.Ranges.Length < set.Ranges.Length || (others.Ranges.Length == set.Ranges.Length && set.Ranges.Length > 1)
                ? $"!{List(others)}" : List(set);

        string List(FieldSet protocols) => string.Join(',', protocols.Ranges.SelectMany(range => range.High - range.Low < 3
            ? Enumerable.Range((int)range.Low, (int)(range.High - range.Low) + 1).Select(number => ClauseWords.PrintProtocol((byte)number, family))
            : [$"{range.Low}-{range.High}"]));
    }

    /// <summary>Addresses and ports; null for what is not limited.</summary>
    public static string Endpoint(FieldSet? addresses, FieldSet? ports, Family family)
    {
        var (isNegated, list) = addresses is null ? (false, [Any]) : Addresses(addresses, family);
        var bang = isNegated ? "!" : "";
        if (ports is null)
        {
            return bang + string.Join(',', list);
        }
        var words = list.Select(word => word is not (Any or None) && family == Family.IPv6 ? $"[{word}]" : word);
        return $"{bang}{string.Join(',', words)}:{Ports(ports)}";
    }

    /// <summary>The addresses, or those left out where that is shorter; that there is none is never left out among others.</summary>
    private static (bool IsNegated, IReadOnlyList<string> List) Addresses(FieldSet set, Family family)
    {
        var outside = set.Complement(family == Family.IPv4 ? uint.MaxValue : UInt128.MaxValue).Ranges;
        if (outside.IsEmpty)
        {
            return set.IncludesAbsent ? (false, [Any, None]) : (true, [None]);
        }
        IReadOnlyList<string> plain = [.. set.Ranges.SelectMany(range => Addresses(range, family))];
        IReadOnlyList<string> others = [.. outside.SelectMany(range => Addresses(range, family))];
        return set.IncludesAbsent ? (false, [.. plain, None]) : Length(others) < Length(plain) ? (true, others) : (false, plain);

        static int Length(IReadOnlyList<string> words) => words.Sum(word => word.Length + 1);
    }

    /// <summary>The values of another field.</summary>
    public static string Values(PacketField field, FieldSet set, Family family)
    {
        switch (field)
        {
            case PacketField.PhysicalIn or PacketField.PhysicalOut:
                var names = set.Ranges.IsEmpty ? null : InterfaceSetText.Of(set.WithAbsent(false), first: 0, mayNegate: !set.IncludesAbsent);
                return names is null ? None : set.IncludesAbsent ? $"{names},{None}" : names;
            case PacketField.HasSocket:
                return !set.IncludesAbsent ? $"!{None}" : set.Contains(1) ? Any : None;
            case PacketField.TcpFlags:
                return Cubes(set, 8, bits => ClauseWords.Print((TcpFlags)bits));
            case PacketField.ConntrackStatus:
                return Cubes(set, 6, bits => ClauseWords.Print((ConntrackStatus)bits));
            case PacketField.ExtensionHeaders:
                return Headers(set);
            case PacketField.ReceivingSocket:
                return Cubes(set, 3, bits => FieldNames.NamesOf(field, bits));
            case >= PacketField.SourceAddressType and <= PacketField.DestinationAddressTypeOnOut:
                return AddressTypes(set);
            case PacketField.ConntrackState or PacketField.FrameKind or PacketField.ConntrackDirection or PacketField.IsLaterFragment
                or PacketField.PhysicalIsBridged:
                return Named(field, set);
            default:
                return Numbers(field, set, family);
        }
    }

    /// <summary>What is there, and behind a slash, with it, what of the headers is told.</summary>
    private static string Headers(FieldSet set)
    {
        var (plain, others) = (BitCubes.Of(set.Contains, HeaderBits), BitCubes.Of(value => !set.Contains(value), HeaderBits));
        var isNegated = others.Count < plain.Count;
        return (isNegated ? "!" : "") + string.Join('|', (isNegated ? others : plain).Select(cube =>
            cube.Mask == 0 ? Any : cube.Bits == cube.Mask ? Names(cube.Bits) : $"{Names(cube.Bits)}/{Names(cube.Mask)}"));

        static string Names(uint bits) => bits == 0 ? "NONE" : string.Join(',', ClauseWords.HeaderNames(bits));
    }

    private static string Ports(FieldSet ports)
    {
        if (ports.IncludesAbsent)
        {
            return string.Join(',', ports.Ranges.Select(Number).Append(None));
        }
        var others = ports.Complement(ushort.MaxValue).Ranges;
        return others.IsEmpty ? $"!{None}" : others.Length < ports.Ranges.Length ? $"!{string.Join(',', others.Select(Number))}" : string.Join(',', ports.Ranges.Select(Number));
    }

    private static string Number(Interval range) => range.Low == range.High
        ? range.Low.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{range.Low}-{range.High}");

    /// <summary>Networks where two are enough, else both ends.</summary>
    private static IEnumerable<string> Addresses(Interval range, Family family)
    {
        var (low, high) = (new IpAddress(family, range.Low), new IpAddress(family, range.High));
        var networks = AddressPrefix.Cover(low, high).Take(3).ToList();
        return networks.Count < 3
            ? networks.Select(network => network.Length == IpAddress.WidthOf(family) ? network.Address.ToString() : network.ToString())
            : [$"{low}-{high}"];
    }

    private static string Named(PacketField field, FieldSet set)
    {
        IEnumerable<(UInt128 Value, string Name)> values = field switch
        {
            PacketField.IsLaterFragment or PacketField.PhysicalIsBridged => [(0, "no"), (1, "yes")],
            PacketField.ConntrackDirection => [(0, "original"), (1, "reply")],
            _ => FieldNames.Values(field),
        };
        var names = values.Where(value => set.Contains(value.Value)).Select(value => value.Name).ToList();
        var others = values.Where(value => !set.Contains(value.Value)).Select(value => value.Name).ToList();
        return !set.IncludesAbsent && others.Count > 0 && others.Count < names.Count ? $"!{string.Join(',', others)}"
            : string.Join(',', set.IncludesAbsent ? names.Append(None) : names);
    }

    private static string Numbers(PacketField field, FieldSet set, Family family)
    {
        var max = PacketFieldInfo.Max(field);
        var others = set.Complement(max).Ranges;
        var isOwner = field is PacketField.Uid or PacketField.Gid;
        if (others.IsEmpty && !set.IncludesAbsent)
        {
            return Any;
        }
        if (isOwner && !set.IncludesAbsent && set.Ranges.Length > 1 && others.Length < set.Ranges.Length)
        {
            return $"!{string.Join(',', others.Select(Text).Append(None))}";
        }
        if ((isOwner && set.IncludesAbsent && !set.Ranges.IsEmpty) || (!isOwner && !set.IncludesAbsent && others.Length < set.Ranges.Length))
        {
            return $"!{string.Join(',', others.Select(Text))}";
        }
        var values = set.Ranges.Select(Text);
        return string.Join(',', set.IncludesAbsent ? values.Append(None) : values);

        string Text(Interval range) => field switch
        {
            PacketField.IcmpTypeCode => IcmpTypes(range),
            PacketField.MacSource when range.Low == range.High => ClauseWords.PrintMac((ulong)range.Low),
            PacketField.MacSource => $"{ClauseWords.PrintMac((ulong)range.Low)}-{ClauseWords.PrintMac((ulong)range.High)}",
            PacketField.ConntrackProtocol when range.Low == range.High => ClauseWords.PrintProtocol((byte)range.Low, family),
            _ => Number(range),
        };
    }

    private static string IcmpTypes(Interval range)
    {
        var (low, high) = ((int)range.Low, (int)range.High);
        if ((low & 255) == 0 && (high & 255) == 255)
        {
            return low >> 8 == high >> 8 ? $"{low >> 8}" : $"{low >> 8}-{high >> 8}";
        }
        return low == high ? $"{low >> 8}/{low & 255}" : $"{low >> 8}/{low & 255}-{high >> 8}/{high & 255}";
    }

    /// <summary>Types, with <c>!</c> where fewer words say what is left out.</summary>
    private static string AddressTypes(FieldSet set)
    {
        var (plain, others) = (Words(set.Contains), Words(value => !set.Contains(value)));
        return others.Count == 0 ? Any : others.Count < plain.Count ? $"!{string.Join(',', others)}" : string.Join(',', plain);

        static List<string> Words(Func<UInt128, bool> contains)
        {
            var words = new List<string>();
            var types = FieldNames.AddressTypes.Where(value => value >> AddressTypeBits == 0).ToList();
            var left = types.Where(contains).ToHashSet();
            for (var bit = 0; bit < AddressTypeBits; bit++)
            {
                var with = types.Where(value => (value >> bit & 1) == 1).ToList();
                if (with.Exists(left.Contains) && with.TrueForAll(value => contains(value)))
                {
                    words.Add(FieldNames.NamesOf(PacketField.SourceAddressType, 1u << bit));
                    left.ExceptWith(with);
                }
            }
            words.AddRange(left.Order().Select(value => value == 0 ? "NONE" : $"={FieldNames.NamesOf(PacketField.SourceAddressType, (uint)value).Replace(',', '+')}"));
            return words;
        }
    }

    /// <summary>Values of named bits as tests of some of the bits; those of the opposite where these are fewer.</summary>
    private static string Cubes(FieldSet set, int width, Func<uint, string> print)
    {
        var mask = (1u << width) - 1;
        var plain = BitCubes.Of(set.Contains, width);
        var others = BitCubes.Of(value => !set.Contains(value), width);
        if (others.Count == 0)
        {
            return set.IncludesAbsent ? $"{Any}|{None}" : Any;
        }
        var isNegated = !set.IncludesAbsent && others.Count < plain.Count;
        var cubes = (isNegated ? others : plain).Select(cube => cube.Mask == 0 ? Any
            : cube.Mask == mask ? print(cube.Bits) : $"{print(cube.Bits)}/{print(cube.Mask)}");
        return (isNegated ? "!" : "") + string.Join('|', set.IncludesAbsent ? cubes.Append(None) : cubes);
    }
}
