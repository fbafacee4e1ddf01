using System.Globalization;
using RuleCompiler.Extensions;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Generators;

/// <summary>One rule of one extension, right or wrong: any of its options, in any spelling, in a table where it may or may not stand.</summary>
/// <param name="Extension">The match or target.</param>
/// <param name="IsV6">Its family.</param>
/// <param name="Table">The table.</param>
/// <param name="Rule">The rule, with <c>-A CHAIN</c>.</param>
internal sealed record SpelledRule(string Extension, bool IsV6, string Table, string Rule);

/// <summary>
/// Draws rules from the option tables of the catalog: values that are fine, at a limit, and malformed; options negated, repeated, left out, in
/// another order, and behind another <c>-p</c>.
/// </summary>
/// <remarks>What needs an object of the machine (a set, an accounting object, a file, a helper) is not drawn: tools look for it, a dump does not tell.</remarks>
internal sealed class RandomSpelling(Draw draw)
{
    private static readonly string[] Undrawn =
    [
        "--match-set", "--set", "--add-set", "--del-set", "--map-set", "--nfacct-name", "--object-pinned", "--path", "--rateest", "--rateest1", "--rateest2",
        "--helper", "--timeout", "--gateway", "--on-ip", "--vaddr",
    ];

    /// <summary>Tools look these up beside the rule, or this kernel has none of them.</summary>
    private static readonly string[] UndrawnExtensions =
        ["set", "SET", "nfacct", "rateest", "CLUSTERIP", "LED", "SECMARK", "ULOG", "ipvs", "cgroup", "udplite", "osf", "TEE", "helper", "QUEUE"];

    private static readonly string[] Numbers =
    [
        "0", "1", "2", "3", "5", "7", "15", "31", "32", "63", "64", "127", "128", "255", "256", "1023", "10000", "65535", "65536", "2147483648",
        "4294967295", "4294967296", "18446744073709551615", "18446744073709551616", "0x10", "0xff", "0xffffffff", "010", "0X1F", "08",
    ];

    private static readonly string[] Junk = ["+5", "-1", "5x", "0x", " 7", "7 ", "1.5", "x", ",", "1,", ":", "1:", "/", "1/", "1/2/3", "any", "!", "5-", "-5", "1e3"];
    private static readonly string[] Ports = ["80", "080", "0x50", "http", "domain", "HTTP", "syslog", "ntp", "+5", "65535", "65536", "70000", "0", "1024:65535", ":80", "80:", "90:80", "0:65535", "http:https", "80-90", "tftp", "ssh"];
    private static readonly string[] Marks = ["0", "1", "0x1/0xff", "0x1/0x0", "255/15", "0xffffffff/0xffffffff", "0x100000000", "1/0x1ffffffff", "010/07", "-1", "+1", "0x1/", "/1"];
    private static readonly string[] Addresses4 = ["10.0.0.1", "10.0.0.0/8", "0.0.0.0", "10.1.2.3/16", "10.0.0.1-10.0.0.9", "10.0.0.9-10.0.0.1", "10.0.0", "256.1.1.1", "010.0.0.1", "0x0a.1.1.1", "10.0.0.1/255.255.0.0", "::1", "127.0.0.1"];
    private static readonly string[] Addresses6 = ["fd00::1", "fd00::/16", "::", "FD00:0:0::1", "fd00::1-fd00::9", "fd00::9-fd00::1", "fd00::1/129", "fd00::1/ffff::", "10.0.0.1", "[fd00::1]", "fd00:::1"];

    /// <summary>Values that are fine, and some that are not, by the class of an option.</summary>
    private static readonly Dictionary<string, string[]> ByKind = new(StringComparer.Ordinal)
    {
        ["Port"] = Ports,
        ["PortRange"] = Ports,
        ["PortList"] = ["80,443", "80", "1:1024,2000", "http,https", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16", "80,", ",80", "80:70", "+5,6", "70000", "080,0x51"],
        ["NatPorts"] = ["80", "80-90", "90-80", "0", "http", "80:90", "65536", "080", "1-65535", "80-", "+80", "0-5"],
        ["MaskedNumber"] = Marks,
        ["NumberRange"] = ["5", "1:9", "9:1", ":5", "5:", "0:65535", "0:4294967295", "010:0x20", "5-9", "1:2:3", "65536", "+1:2", "1: 2"],
        ["Rate"] = ["5/min", "1/s", "10/second", "3/hour", "7/day", "5/m", "5", "100000/s", "0/s", "5/week", "5/", "/s", "5/MIN", "10001/s", "5/minutes", "0x5/s", "05/s"],
        ["HashlimitRate"] = ["5/min", "10/s", "512kb/s", "1mb/s", "3b/s", "100/hour", "1/day", "5", "0/s", "5/MIN", "512kB/s", "1gb/s", "5kb/min", "10001/s", "1000001/s", "5/x"],
        ["HashlimitBurst"] = ["5", "1", "0", "10000", "1000000", "1mb", "512kb", "10b", "5x", "4294967296"],
        ["Probability"] = ["0", "0.5", "1", "1.0", ".3", "0.00000001", "1.1", "-0.1", "5e-1", "0x0.8p0", "0.5x", "nan", "0,5", "0.99999999999"],
        ["TcpFlags"] = ["SYN,ACK SYN", "ALL NONE", "FIN,SYN,RST,ACK SYN", "ALL ALL", "NONE NONE", "syn SYN", "SYN,FOO SYN", "SYN, SYN", "SYN", "SYN,SYN SYN", "FIN SYN"],
        ["IcmpType"] = ["8", "8/0", "echo-request", "any", "0/300", "256", "Echo-Request", "destination-unreachable", "network-unreachable", "ping", "echo", "3/1", "8/", "redirect", "time-exceeded", "router-solicitation", "128", "packet-too-big", "neighbour-advertisement", "0x8", "echo-rep", "8/0x0"],
        ["Mac"] = ["00:11:22:33:44:55", "0:1:2:3:4:5", "00:11:22:33:44", "00-11-22-33-44-55", "AA:bb:CC:dd:EE:ff", "00:11:22:33:44:5g", "00:11:22:33:44:55:66"],
        ["Interface"] = ["eth0", "eth+", "+", "lo", "averyveryverylongname", "a/b", "e th", "eth0+"],
        ["TimeOfDay"] = ["00:00", "23:59:59", "24:00", "12:60", "9:5", "10:00:00", "10", "1:2:3:4", "010:00", "23:59:60", "+1:00"],
        ["Date"] = ["2024-01-01", "2024-02-29T10:00:00", "2024", "2024-12-31T23:59:59", "1969-01-01", "2038-01-19T03:14:07", "2039-01-01", "2024-1-1", "2024-13-01", "2024-01-01T10", "2024-01-01T24:00:00"],
        ["DayList"] = ["1,2,3", "Mon,Tue", "31", "32", "0", "monday", "Su,Sa", "Sunday", "1,1", "mon,", "7", "1-5"],
        ["Dscp"] = ["0", "0x3f", "64", "46", "ef", "010", "-1", "+1"],
        ["DscpClass"] = ["EF", "ef", "AF11", "af43", "CS0", "cs7", "BE", "be", "CS8", "AF14", "xx"],
        ["AddressRange"] = [.. Addresses4, .. Addresses6],
        ["HostAddress"] = [.. Addresses4, .. Addresses6],
        ["Host"] = [.. Addresses4, .. Addresses6],
        ["Address"] = [.. Addresses4, .. Addresses6],
        ["AddressPrefix"] = ["fd00::/64", "fd00::/65", "fd00::/0", "fd00::", "fd00::1/48", "10.0.0.0/8", "fd00::/-1"],
        ["HostList"] = ["fd00::1", "fd00::1,fd00::2", "::", "fd00::1,", "10.0.0.1"],
        ["NatRange"] = ["10.0.0.1", "10.0.0.1:80", "10.0.0.1-10.0.0.9:80-90", ":80", "10.0.0.9-10.0.0.1", "fd00::1", "[fd00::1]:80", "[fd00::1]-[fd00::2]:80", "10.0.0.1:80-70", "10.0.0.1:0", "10.0.0.1:http", "10.0.0.1:65536", "fd00::1:80", "10.0.0.0/8", "10.0.0.1:+5", "10.0.0.1:", "fd00::1-fd00::9", "10.0.0.1:80/90"],
        ["PrefixLength"] = ["0", "8", "24", "32", "33", "64", "128", "255.255.0.0", "ffff::", "-1", "0x8"],
        ["FullMask"] = ["255.255.255.0", "255.255.255.255", "0.0.0.0", "ffff::", "24", "255.0.255.0", "x"],
        ["Tos"] = ["0x10", "Minimize-Delay", "0x10/0x3f", "Normal-Service", "minimize-delay", "256", "0x1/0x100", "Maximize-Reliability", "16/255", "Foo", "010"],
        ["RejectType"] = ["icmp-port-unreachable", "port-unreach", "tcp-reset", "icmp6-adm-prohibited", "adm-prohibited", "icmp-net-unreach", "ICMP-PORT-UNREACHABLE", "icmp-p", "host-unreach", "icmp-admin-prohibited", "tcp-rst", "no-route", "policy-fail", "icmp6-no-route", "admin-prohib", "icmp-proto-unreachable", "addr-unreach", "x"],
        ["LogLevel"] = ["0", "7", "8", "debug", "warn", "warning", "panic", "emerg", "DEBUG", "error", "err", "info", "notice", "crit", "alert", "0x4", "-1", "inf"],
        ["U32"] = ["0x0=0", "6&0xFF=1", "0>>22&0x3C@4=0x0", "6&0xFF=0:5,9&&4&0x1FFF=0", "6=1:", "6", "6&=1", "6=5:1", "0=1,2,3,4,5,6,7,8,9,10", "0=1,2,3,4,5,6,7,8,9,10,11", "06=0x", "+6=1"],
        ["Bytecode"] = ["4,48 0 0 9,21 0 1 6,6 0 0 1,6 0 0 0", "1,6 0 0 1", "1,6 0 0 1x", "1,6 0 0", "2,6 0 0 1", "1,6 0 0 1,", "1, 6 0 0 1", "x", "0,", "1,6 0 0 1,6 0 0 1", "1,006 0x0 0 1"],
        ["Class"] = ["1:10", "0:0", "ffff:ffff", "10000:1", "1", "1:", ":1", "1:1x", "1:10 ", "0x1:0x2", "a:b", "A:B", "-1:1", "1:2:3"],
        ["EstimatorTime"] = ["250ms", "1s", "0.5s", "500us", "0x10ms", "1.5", "2", "8s", "x", "1sec", "250msec", "100000us", "0", "1e3ms", "16s", "-1s"],
        ["BitRate"] = ["1kbit", "1mbps", "5", "0x10kbit", "1Kbit", "x", "8bit"],
        ["PacketRate"] = ["5", "0x10", "x", "4294967295"],
        ["Id"] = ["0", "1000", "0-65535", "root", "1000-999", "nobody", "4294967295", "4294967294", "-1", "0x10", "5-", "nouser", "1000-2000", "+5"],
        ["Zone"] = ["0", "5", "65535", "65536", "mark", "MARK", "0x5", "-1", "+5", "5x"],
        ["QueueRange"] = ["0:3", "3:0", "0:65535", "5", "1:1", "0:65536", "1:2:3", ":3"],
        ["SegmentSize"] = ["1460", "0", "65535", "65496", "65495", "65536", "1", "x"],
        ["TcpOptionList"] = ["mss", "timestamp,sack", "2,3,4", "0", "1", "255", "256", "wscale,sack-permitted,md5", "MSS", "mss,", "foo", "+2"],
        ["ChunkTypes"] = ["any INIT", "all DATA,SACK", "only INIT:x", "any DATA:UbE", "ANY INIT", "any init", "any FOO", "all INIT,", "any ALL", "all NONE", "any DATA:ee", "only SHUTDOWN_COMPLETE:T", "any"],
        ["HeaderSet"] = ["hop,dst", "hop-by-hop", "esp", "none", "proto", "dst,dst", "foo", "HOP", "route,frag,auth,esp,none,proto", "6", "0", "hop,"],
        ["MobilityType"] = ["0", "brr", "1:3", "binding-update", "bu:ba", "5:1", "255", "256", "BRR", "any", ":3", "3:", "+1"],
        ["HeaderOptions"] = ["5", "5:2", "1,2:3", "256", "5:300", "5,", "0x5", "x"],
        ["Protocol"] = ["tcp", "esp", "50", "TCP", "all", "0", "256", "foo", "ipv6-icmp", "icmpv6"],
        ["ProtocolNumber"] = ["tcp", "6", "0", "all", "255", "256", "TCP", "foo", "0x6", "+6", "udp"],
        ["QuotedNumber"] = ["0", "5", "127", "128", "foo", "0x5", "+5"],
        ["Text"] = ["x", "hello", "\"two words\"", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a'b", "\"a\\\"b\"", "-x", "!x"],
        ["BytePattern"] = ["abc", "\"a b\"", "\"|41 42|\"", "|4142|x", "|4|", "|41", "\"a\\\\b\"", "|zz|", "|0|", "a|41|b|42|"],
    };

    /// <summary>Words by the option that takes them.</summary>
    private static readonly Dictionary<string, string[]> ByName = new(StringComparer.Ordinal)
    {
        ["--mode"] = ["random", "nth", "RANDOM", "Nth", "transport", "tunnel", "TUNNEL", "x"],
        ["--connbytes-mode"] = ["packets", "bytes", "avgpkt", "BYTES", "x"],
        ["--connbytes-dir"] = ["original", "reply", "both", "Reply", "ORIGINAL", "repl"],
        ["--ctdir"] = ["ORIGINAL", "REPLY", "original", "reply", "BOTH", "ORIG"],
        ["--algo"] = ["bm", "kmp", "BM", "fsm"],
        ["--dir"] = ["in", "out", "IN", "x"],
        ["--pol"] = ["ipsec", "none", "IPSEC", "x"],
        ["--type"] = ["accept", "drop", "reject", "ACCEPT", "Drop"],
        ["--pkt-type"] = ["unicast", "broadcast", "multicast", "UNICAST", "host", "x"],
        ["--src-type"] = ["LOCAL", "UNICAST,LOCAL", "local", "LOC", "FOO", "UNSPEC", "XRESOLVE", "LOCAL,"],
        ["--dst-type"] = ["LOCAL", "BROADCAST", "anycast", "MULTICAST,", "BLACKHOLE,PROHIBIT", "U"],
        ["--state"] = ["NEW", "ESTABLISHED,RELATED", "new", "INVALID", "NEW,", "FOO", "UNTRACKED", "EST", "SNAT"],
        ["--ctstate"] = ["NEW", "ESTABLISHED,RELATED", "new,dnat", "INVALID", "SNAT", "N", "FOO", "UNTRACKED,NEW,NEW"],
        ["--ctstatus"] = ["NONE", "EXPECTED,ASSURED", "seen_reply", "CONFIRMED", "SNAT", "NONE,ASSURED", "EXP"],
        ["--ctevents"] = ["new", "new,destroy", "NEW", "foo", "mark,label,secmark", "new,"],
        ["--expevents"] = ["new", "NEW", "x"],
        ["--hashlimit-mode"] = ["srcip", "srcip,dstport", "SRCIP", "foo", "dstip,srcport,srcip,dstport", "srcip,"],
        ["--hashlimit-name"] = ["h1", "a/b", "averyveryverylongname", "\"x y\""],
        ["--name"] = ["r1", "a/b", "DEFAULT", "averyveryverylongname"],
        ["--hmark-tuple"] = ["src", "src,dst,sport,dport,proto", "SRC", "spi", "ct", "foo", "src,", "sport,spi"],
        ["--dccp-types"] = ["REQUEST", "REQUEST,RESPONSE", "request", "FOO", "INVALID", "DATA,ACK,DATAACK,CLOSEREQ,CLOSE,RESET,SYNC,SYNCACK"],
        ["--weekdays"] = ["Mon,Tue", "1,2", "monday", "7", "Sa,Su", "0", "MON", "Mo"],
    };

    private static readonly string[] Protocols = ["tcp", "udp", "icmp", "ipv6-icmp", "sctp", "dccp", "udplite", "esp", "ah", "all", "TCP", "gre", "132", "0"];

    /// <summary>The rule of a seed.</summary>
    public static SpelledRule Of(int seed) => new RandomSpelling(new Draw(seed)).Rule();

    private SpelledRule Rule()
    {
        var isV6 = draw.Chance(40);
        var family = isV6 ? Family.IPv6 : Family.IPv4;
        IReadOnlyList<Extension> drawn = draw.Chance(60) ? ExtensionCatalog.Matches : ExtensionCatalog.Targets;
        var extension = draw.Pick([.. drawn.Where(one => (one.OnlyFamily ?? family) == family && !UndrawnExtensions.Contains(one.Name))]);
        var (table, chain) = Place(extension);
        string[] words =
        [
            "-A", chain, .. ProtocolOf(extension),
            extension is MatchExtension ? "-m" : "-j", NameOf(extension), .. Options(extension).SelectMany(option => option),
        ];
        return new SpelledRule(extension.Name, isV6, table, string.Join(' ', words));
    }

    private string NameOf(Extension extension) => extension.Aliases.Length > 0 && draw.Chance(20) ? draw.Pick(extension.Aliases) : extension.Name;

    private (string Table, string Chain) Place(Extension extension) => extension.Name switch
    {
        _ when draw.Chance(6) => (draw.Pick("filter", "nat", "mangle", "raw"), draw.Pick("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING")),
        "DNAT" or "REDIRECT" => ("nat", draw.Pick("PREROUTING", "OUTPUT")),
        "SNAT" => ("nat", draw.Pick("POSTROUTING", "INPUT")),
        "MASQUERADE" => ("nat", "POSTROUTING"),
        "NETMAP" => ("nat", draw.Pick("PREROUTING", "OUTPUT", "POSTROUTING", "INPUT")),
        "CT" or "NOTRACK" or "TRACE" => ("raw", draw.Pick("PREROUTING", "OUTPUT")),
        "REJECT" or "SYNPROXY" => ("filter", draw.Pick("INPUT", "FORWARD")),
        "owner" => ("filter", "OUTPUT"),
        "rpfilter" or "socket" or "TPROXY" => ("mangle", "PREROUTING"),
        "CLASSIFY" => ("mangle", draw.Pick("FORWARD", "OUTPUT", "POSTROUTING")),
        _ when extension is TargetExtension => ("mangle", draw.Pick("PREROUTING", "FORWARD", "OUTPUT")),
        _ => ("filter", draw.Pick("INPUT", "FORWARD")),
    };

    private string[] ProtocolOf(Extension extension)
    {
        byte[] wanted = extension is MatchExtension { ImplicitFor: { } own } ? [own] : [.. extension.Protocols];
        if (wanted.Length == 0 && extension is TargetExtension && draw.Chance(50))
        {
            wanted = [IpProtocol.Tcp];
        }
        return wanted.Length > 0 && draw.Chance(92) ? ["-p", IpProtocol.Name(draw.Pick(wanted))]
            : draw.Chance(30) ? [.. draw.Chance(15) ? ["!"] : Array.Empty<string>(), "-p", draw.Pick(Protocols)]
            : [];
    }

    private List<string[]> Options(Extension extension)
    {
        var specs = extension.Options.Where(spec => !Undrawn.Contains(spec.Name) || extension.Name is "recent" or "IDLETIMER").ToList();
        var required = extension.RequiredOptions.Where(_ => draw.Chance(95));
        var others = draw.Some(extension.NeedsAnOption || draw.Chance(80) ? draw.Between(1, 3) : 0, specs);
        var chosen = specs.Where(spec => required.Contains(spec) || others.Contains(spec)).ToList();
        foreach (var group in extension.ExclusiveOptions.Where(_ => draw.Chance(90)))
        {
            var kept = chosen.Find(group.Contains);
            chosen.RemoveAll(spec => spec != kept && group.Contains(spec));
        }
        if (chosen.Count > 0 && draw.Chance(5))
        {
            chosen.Add(draw.Pick(chosen));
        }
        if (draw.Chance(25))
        {
            chosen = [.. chosen.OrderBy(_ => draw.Between(0, 1000))];
        }
        return [.. chosen.Select(Option)];
    }

    private string[] Option(OptionSpec spec)
    {
        string[] negation = draw.Chance(spec.IsNegatable ? 25 : 2) ? ["!"] : [];
        var name = spec.Aliases.Length > 0 && draw.Chance(20) ? draw.Pick(spec.Aliases) : spec.Name;
        return spec.ValueCount == 0 || (spec.IsValueOptional && draw.Chance(40)) ? [.. negation, name] : [.. negation, name, Value(spec)];
    }

    private string Value(OptionSpec spec)
    {
        var kind = spec.GetType().Name[..^"Option".Length];
        kind = kind is "TruncatedText" or "Word" or "QuotedText" ? "Text" : kind;
        var stock = ByName.GetValueOrDefault(spec.Name) ?? ByKind.GetValueOrDefault(kind) ?? Numbers;
        var value = draw.Chance(6) ? draw.Pick(Junk) : draw.Pick(stock);
        if (draw.Chance(4) && !value.Contains('"', StringComparison.Ordinal))
        {
            value = draw.Between(0, 3) switch
            {
                0 => value + draw.Pick("x", ",", ":", "0", "/8"),
                1 => draw.Pick("+", "0", "-") + value,
                2 => value.ToUpperInvariant(),
                _ => value.ToLower(CultureInfo.InvariantCulture),
            };
        }
        return value.Length == 0 || (value.Contains(' ', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) && spec.ValueCount == 1) ? $"\"{value}\"" : value;
    }
}
