using System.Globalization;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>The meaning of a match, written down a second time.</summary>
internal static class SmallTestReader
{
    private static readonly Func<SmallPacket, bool> Any = _ => true;

    /// <summary>Reads a built-in test, or <c>-m NAME</c> with its options.</summary>
    /// <param name="words">The words, with an exclamation mark where the test has one.</param>
    /// <param name="protocol">What the rule's <c>-p</c> names.</param>
    /// <exception cref="FormatException">The small domain has no such match.</exception>
    public static SmallTest Read(string[] words, byte protocol)
    {
        var text = string.Join(' ', words);
        return words switch
        {
            ["!", _, var value] => Negated(BuiltIn(text, words[1], value)),
            ["-m", var name, .. var options] => Match(text, name, [.. Options(options)], protocol),
            [var option, var value] => BuiltIn(text, option, value),
            _ => throw new FormatException($"No match of the small domain: {text}"),
        };
    }

    private static SmallTest BuiltIn(string text, string option, string value)
    {
        switch (option)
        {
            case "-s":
                var isSource = Prefix(value);
                return new SmallTest(text, SmallFields.Source, packet => isSource(packet.Source));
            case "-d":
                var isDestination = Prefix(value);
                return new SmallTest(text, SmallFields.Destination, packet => isDestination(packet.Destination));
            case "-i":
                return new SmallTest(text, SmallFields.In, packet => IsInterface(value, packet.In));
            case "-o":
                return new SmallTest(text, SmallFields.Out, packet => IsInterface(value, packet.Out));
            case "-p":
                var protocol = SmallWorld.Protocol(value);
                return new SmallTest(text, SmallFields.Protocol, packet => packet.Protocol == protocol);
            default:
                throw new FormatException($"No option of the small domain: {option}");
        }
    }

    private static SmallTest Match(string text, string name, SmallOption[] options, byte protocol) => name switch
    {
        "comment" => new SmallTest(text, SmallFields.None, Any) { Canonical = "" },
        "limit" or "statistic" or "recent" or "connlimit" or "quota" => Unknown(text, "", options) with { IsStateful = true },
        "set" or "string" or "u32" => Unknown(text, string.Join(' ', options.Select(option => option with { IsNegated = false })), options),
        "owner" => All(text, options, OwnerTest, Any),
        "tcp" or "udp" => All(text, options, TransportTest, packet => packet.Protocol == protocol),
        "multiport" => All(text, options, TransportTest, packet => packet.HasPorts),
        "icmp" => All(text, options, IcmpTest, packet => packet.IsIcmp),
        "iprange" => All(text, options, RangeTest, Any),
        "conntrack" or "state" => All(text, options, StateTest, Any),
        "mark" => All(text, options, MarkTest, Any),
        "connmark" => All(text, options, ConnectionMarkTest, packet => packet.HasEntry),
        _ => throw new FormatException($"No match of the small domain: {name}"),
    };

    /// <summary>All options of a match, and what the match itself asks of the packet, negated or not.</summary>
    private static SmallTest All(
        string text,
        SmallOption[] options,
        Func<SmallOption, (SmallFields Fields, Func<SmallPacket, bool> Holds)> read,
        Func<SmallPacket, bool> precondition)
    {
        var tests = options.Select(option => (option.IsNegated, Test: read(option))).ToArray();
        return new SmallTest(
            text,
            tests.Aggregate(SmallFields.None, (fields, test) => fields | test.Test.Fields),
            packet => precondition(packet) && tests.All(test => test.Test.Holds(packet) != test.IsNegated))
        {
            Canonical = $"-m {text.Split(' ')[1]} {string.Join(' ', options.AsEnumerable())}",
        };
    }

    private static SmallTest Unknown(string text, string variable, SmallOption[] options) =>
        new(text, SmallFields.None, Any) { Unknown = variable, IsNegated = options.Any(option => option.IsNegated) };

    /// <remarks>An id that is not there fails a test and passes a negated one.</remarks>
    private static (SmallFields Fields, Func<SmallPacket, bool> Holds) OwnerTest(SmallOption option)
    {
        if (option.Name == "--socket-exists")
        {
            return (SmallFields.Uid, packet => packet.Owner is { HasSocket: true });
        }
        var isIn = Ranges(option.Value, '-', Number);
        return option.Name == "--uid-owner"
            ? (SmallFields.Uid, packet => packet.Owner?.Uid is { } uid && isIn(uid))
            : (SmallFields.Gid, packet => packet.Owner?.Gid is { } gid && isIn(gid));
    }

    private static (SmallFields Fields, Func<SmallPacket, bool> Holds) TransportTest(SmallOption option)
    {
        if (option.Name == "--tcp-flags")
        {
            var words = option.Value.Split(' ');
            var (mask, wanted) = (SmallFlags.Parse(words[0]), SmallFlags.Parse(words[1]));
            return (SmallFields.Flags, packet => (packet.Flags & mask) == wanted);
        }
        var isIn = Ranges(option.Value, ':', Number);
        return option.Name switch
        {
            "--sport" or "--sports" => (SmallFields.SourcePort, packet => isIn(packet.SourcePort)),
            "--dport" or "--dports" => (SmallFields.DestinationPort, packet => isIn(packet.DestinationPort)),
            _ => (SmallFields.SourcePort | SmallFields.DestinationPort,
                packet => isIn(packet.SourcePort) || isIn(packet.DestinationPort)),
        };
    }

    private static (SmallFields Fields, Func<SmallPacket, bool> Holds) IcmpTest(SmallOption option)
    {
        if (option.Value == "any")
        {
            return (SmallFields.IcmpType, Any);
        }
        var words = option.Value.Split('/');
        var type = Number(words[0]);
        return words.Length == 1
            ? (SmallFields.IcmpType, packet => packet.Icmp.Type == type)
            : (SmallFields.IcmpType, packet => packet.Icmp.Type == type && packet.Icmp.Code == Number(words[1]));
    }

    private static (SmallFields Fields, Func<SmallPacket, bool> Holds) RangeTest(SmallOption option)
    {
        var isIn = Ranges(option.Value, '-', SmallWorld.Parse);
        return option.Name == "--src-range"
            ? (SmallFields.Source, packet => isIn(packet.Source))
            : (SmallFields.Destination, packet => isIn(packet.Destination));
    }

    private static (SmallFields Fields, Func<SmallPacket, bool> Holds) StateTest(SmallOption option)
    {
        var states = option.Value.Split(',').Select(name => Enum.Parse<ConntrackState>(name, ignoreCase: true)).ToArray();
        return (SmallFields.State, packet => states.Contains(packet.SeenState));
    }

    private static (SmallFields Fields, Func<SmallPacket, bool> Holds) MarkTest(SmallOption option)
    {
        var (value, mask) = Mark(option.Value);
        return (SmallFields.Mark, packet => (packet.Mark & mask) == value);
    }

    private static (SmallFields Fields, Func<SmallPacket, bool> Holds) ConnectionMarkTest(SmallOption option)
    {
        var (value, mask) = Mark(option.Value);
        return (SmallFields.ConnectionMark | SmallFields.State, packet => (packet.ConnectionMark & mask) == value);
    }

    private static IEnumerable<SmallOption> Options(string[] words)
    {
        for (var index = 0; index < words.Length;)
        {
            var isNegated = words[index] == "!";
            var name = words[isNegated ? index + 1 : index];
            index += isNegated ? 2 : 1;
            var values = words.Skip(index).TakeWhile(word => word != "!" && !word.StartsWith('-')).ToArray();
            index += values.Length;
            yield return new SmallOption(isNegated, name, string.Join(' ', values.Select(Shorten)));
        }
    }

    /// <summary>A range of one value prints as that value.</summary>
    private static string Shorten(string value) =>
        value.Split(':') is [var low, var high] && low == high ? low : value;

    private static SmallTest Negated(SmallTest test) => test with { Holds = packet => !test.Holds(packet) };

    private static Func<uint, bool> Prefix(string prefix)
    {
        var words = prefix.Split('/');
        var shift = 32 - (int)Number(words[1]);
        var network = SmallWorld.Parse(words[0]) >> shift;
        return address => address >> shift == network;
    }

    private static bool IsInterface(string pattern, string? name) => pattern.EndsWith('+')
        ? name?.StartsWith(pattern[..^1], StringComparison.Ordinal) == true
        : name == pattern;

    private static Func<uint, bool> Ranges(string list, char separator, Func<string, uint> read)
    {
        var ranges = list.Split(',').Select(part => part.Split(separator)).Select(ends => (Low: read(ends[0]), High: read(ends[^1]))).ToArray();
        return value => ranges.Any(range => value >= range.Low && value <= range.High);
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);

    private static (uint Value, uint Mask) Mark(string text) => text.Split('/') is [var value, var mask]
        ? (Convert.ToUInt32(value, 16), Convert.ToUInt32(mask, 16))
        : (Convert.ToUInt32(text, 16), uint.MaxValue);
}
