using System.Globalization;
using System.Text.RegularExpressions;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>The text of a small dump in the words of IPv6.</summary>
/// <remarks>
/// The upper half of an address becomes the first two bytes, the lower half the last two: so prefixes, ranges and their
/// order say the same of the packets that stand for all others. The loopback, lowest of all named, is lowest again.
/// </remarks>
internal static partial class SmallV6Text
{
    private const int HalfWidth = 16;
    private const int Added = 96;

    private static readonly (string Old, string New)[] Words =
    [
        ("-p icmp", "-p ipv6-icmp"),
        ("-m icmp", "-m icmp6"),
        ("--icmp-type 8", "--icmpv6-type 128"),
        ("--icmp-type 0", "--icmpv6-type 129"),
        ("--icmp-type 3", "--icmpv6-type 1"),
        ("icmp-port-unreachable", "icmp6-port-unreachable"),
        ("icmp-host-prohibited", "icmp6-adm-prohibited"),
        ("--connlimit-mask 32", "--connlimit-mask 128"),
        ("--on-ip 0.0.0.0", "--on-ip ::"),
    ];

    public static string Of(string text)
    {
        text = Words.Aggregate(text, (all, word) => all.Replace(word.Old, word.New, StringComparison.Ordinal));
        return Address().Replace(text, found => Translate(
            found.Groups["first"].Value, found.Groups["address"].Value, found.Groups["width"].Value, found.Groups["port"].Value));
    }

    private static string Translate(string first, string address, string width, string port)
    {
        var text = $"{(first.Length > 0 ? $"{Translate(first)}-" : "")}{Translate(address)}";
        return port.Length > 0 ? $"[{text}]:{port}"
            : width.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}/{Width(int.Parse(width, CultureInfo.InvariantCulture))}")
            : text;
    }

    private static string Translate(string address) => address switch
    {
        "127.0.0.1" => "::1",
        "0.0.0.0" => "::",
        "255.255.255.255" => "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        _ => string.Create(CultureInfo.InvariantCulture, $"{SmallWorld.Parse(address) >> HalfWidth:x}::{SmallWorld.Parse(address) & ushort.MaxValue:x}"),
    };

    private static int Width(int bits) => bits > HalfWidth ? bits + Added : bits;

    [GeneratedRegex(@"((?<first>\d+\.\d+\.\d+\.\d+)-)?(?<address>\d+\.\d+\.\d+\.\d+)(/(?<width>\d+))?(:(?<port>\d+))?")]
    private static partial Regex Address();
}
