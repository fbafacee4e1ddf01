namespace RuleCompiler.Tests.Generators;

/// <summary>Draws matches whose values packets of the same host are likely to have.</summary>
/// <param name="draw">The choices.</param>
/// <param name="host">Where values come from.</param>
/// <param name="isSparing">Few conditions, so that packets get far.</param>
internal sealed class RandomMatch(Draw draw, RandomHost host, bool isSparing)
{
    private static readonly string[] PortProtocols = ["tcp", "udp", "sctp", "udplite", "dccp"];
    private static readonly string[] States = ["NEW", "ESTABLISHED", "RELATED", "INVALID", "UNTRACKED", "DNAT", "SNAT"];

    private readonly RandomRareMatch _rare = new(draw, host);

    private string Icmp => host.IsV6 ? "ipv6-icmp" : "icmp";

    /// <summary>What stands behind <c>-p</c>; empty for none.</summary>
    public string Protocol() => draw.Between(0, 19) switch
    {
        < 5 => "",
        < 8 when isSparing => "",
        < 12 => "tcp",
        < 15 => "udp",
        < 17 => Icmp,
        17 => draw.Pick("sctp", "udplite", "dccp", "gre", "esp", "ipcomp", host.IsV6 ? "mh" : "ah", "200"),
        _ => draw.Pick("tcp", "udp"),
    };

    public IEnumerable<string> Addresses()
    {
        if (draw.Chance(isSparing ? 8 : 25))
        {
            yield return $"{draw.Not(25)}-s {host.AnyPrefix()}";
        }

        if (draw.Chance(isSparing ? 8 : 30))
        {
            yield return $"{draw.Not(25)}-d {host.AnyPrefix()}";
        }
    }

    /// <remarks>A base chain refuses the interface that its hook does not have; a user chain never matches it.</remarks>
    public IEnumerable<string> Interfaces(RandomChain chain)
    {
        if (draw.Chance(isSparing ? 6 : 15) && (!chain.IsBase || !chain.IsOnlyAt("OUTPUT", "POSTROUTING")))
        {
            yield return $"{draw.Not(30)}-i {InterfaceName()}";
        }

        if (draw.Chance(isSparing ? 6 : 15) && (!chain.IsBase || !chain.IsOnlyAt("INPUT", "PREROUTING")))
        {
            yield return $"{draw.Not(30)}-o {InterfaceName()}";
        }
    }

    /// <summary>Tests of the protocol's own header.</summary>
    public IEnumerable<string> OfProtocol(string protocol)
    {
        if (protocol == Icmp && draw.Chance(50))
        {
            var types = host.IsV6 ? new[] { "128", "129", "1", "1/0", "3" } : ["8", "0", "3", "3/1", "8/0", "11", "any"];
            yield return host.IsV6
                ? $"-m icmp6 {draw.Not(25)}--icmpv6-type {draw.Pick(types)}"
                : $"-m icmp {draw.Not(25)}--icmp-type {draw.Pick(types)}";
        }

        if (!PortProtocols.Contains(protocol))
        {
            yield break;
        }

        if (draw.Chance(15))
        {
            yield return Multiport();
        }
        else if (draw.Chance(isSparing ? 25 : 50) && protocol != "udplite")
        {
            yield return $"-m {protocol} {draw.Not(20)}--{draw.Pick("dport", "dport", "sport")} {PortRange()}";
        }

        if (protocol == "tcp" && draw.Chance(15))
        {
            var flags = draw.Pick("SYN,RST,ACK,FIN SYN", "ACK ACK", "SYN,ACK SYN,ACK", "RST RST", "ALL SYN", "FIN,SYN NONE");
            yield return draw.Chance(25) ? $"{draw.Not(25)}--syn" : $"-m tcp {draw.Not(25)}--tcp-flags {flags}";
        }
    }

    /// <summary>A match of an extension that may stand in the chain.</summary>
    public string Extension(RandomChain chain, string protocol)
    {
        var kind = draw.Between(0, 19);
        return kind switch
        {
            0 or 1 => $"-m conntrack {draw.Not(20)}--ctstate {string.Join(',', draw.Some(draw.Between(1, 3), States))}",
            2 => $"-m state {draw.Not(20)}--state {string.Join(',', draw.Some(draw.Between(1, 2), States[..5]))}",
            3 => Conntrack(),
            4 or 5 or 6 when chain.IsOnlyAt("OUTPUT", "POSTROUTING") => Owner(),
            7 or 8 => $"-m mark {draw.Not(25)}--mark {MaskedMark()}",
            9 => $"-m connmark {draw.Not(25)}--mark {MaskedMark()}",
            10 => AddressType(chain),
            11 => draw.Chance(80)
                ? $"-m iprange {draw.Not(25)}--{draw.Pick("src", "dst")}-range {AddressRange()}"
                : $"-m iprange {draw.Not(25)}--src-range {AddressRange()} {draw.Not(25)}--dst-range {AddressRange()}",
            12 or 4 when host.Sets.Count > 0 => Set(),
            13 => $"-m length {draw.Not(25)}--length {draw.Pick("40", "40:60", "0:100", "60", "100:1500", "28")}",
            14 => host.IsV6
                ? $"-m hl {draw.Pick("--hl-eq 64", "! --hl-eq 64", "--hl-lt 64", "--hl-gt 63")}"
                : $"-m ttl {draw.Pick("--ttl-eq 64", "! --ttl-eq 64", "--ttl-lt 64", "--ttl-gt 63")}",
            15 => draw.Chance(50)
                ? $"-m tos {draw.Not(25)}--tos {draw.Pick("0x10/0xff", "0x08/0x3f", "0x00/0xff")}"
                : $"-m dscp {draw.Not(25)}--dscp{draw.Pick(" 0x00", " 0x04", " 0x2e", "-class EF")}",
            16 when chain.IsOnlyAt("PREROUTING", "INPUT", "FORWARD") => $"-m mac {draw.Not(30)}--mac-source {draw.Pick("02:00:00:00:00:77", "02:00:00:00:00:78")}",
            6 when protocol is "tcp" or "udp" && chain.IsOnlyAt("PREROUTING", "INPUT") =>
                $"-m socket {draw.Pick("--transparent", "--nowildcard", "--nowildcard --transparent", "--restore-skmark")}",
            17 when protocol.Length == 0 => $"-m pkttype {draw.Not(25)}--pkt-type {draw.Pick("unicast", "broadcast", "multicast")}",
            18 or 19 => _rare.Text(chain, protocol),
            _ => "-m comment --comment \"of no effect\"",
        };
    }

    private string InterfaceName()
    {
        var name = draw.Chance(25) ? "lo" : draw.Pick(host.Interfaces);
        return draw.Between(0, 9) switch
        {
            < 7 => name,
            < 9 => name[..draw.Between(1, name.Length)] + "+",
            _ => name + "0",
        };
    }

    private string PortRange()
    {
        var first = host.AnyPort();
        return draw.Chance(25) && first < 65535 ? $"{first}:{draw.Between(first + 1, 65535)}" : $"{first}"; // multiport takes no 80:80
    }

    private string Multiport()
    {
        var parts = Enumerable.Range(0, draw.Between(1, 4)).Select(_ => PortRange());
        return $"-m multiport {draw.Not(25)}--{draw.Pick("dports", "sports", "ports")} {string.Join(',', parts)}";
    }

    private string Conntrack() => draw.Between(0, 13) switch
    {
        0 => $"-m conntrack {draw.Not(25)}--ctorigdst {host.AnyPrefix()}",
        1 => $"-m conntrack {draw.Not(25)}--ctorigsrc {host.AnyPrefix()}",
        2 => $"-m conntrack {draw.Not(25)}--ctproto {draw.Pick("tcp", "udp")}",
        3 => $"-m conntrack --ctdir {draw.Pick("ORIGINAL", "REPLY")}",
        4 => $"-m conntrack {draw.Not(25)}--ctreplsrc {host.AnyPrefix()}",
        5 => $"-m conntrack {draw.Not(25)}--ctrepldst {host.AnyPrefix()}",
        6 => $"-m conntrack {draw.Not(25)}--ctstatus {draw.Pick("SEEN_REPLY", "ASSURED", "CONFIRMED", "NONE", "EXPECTED")}",
        7 => $"-m conntrack --ctproto udp {draw.Not(25)}--ctreplsrcport {host.AnyPort()}",
        9 => $"-m conntrack {draw.Not(25)}--ctexpire {draw.Pick("0", "1:100", "0:4294967295")}",
        10 => $"-m conntrack --ctproto tcp {draw.Not(25)}--ctorigsrcport 1024:{draw.Between(1024, 65535)}",
        11 => $"-m conntrack --ctproto tcp {draw.Not(25)}--ctrepldstport 1024:{draw.Between(1024, 65535)}",
        12 => $"-m conntrack {draw.Not(25)}--{draw.Pick("ctorigsrcport", "ctorigdstport", "ctreplsrcport", "ctrepldstport")} {draw.Pick("0", "0:1023", "2048", $"{host.AnyPort()}")}",
        8 => $"-m conntrack --ctstate NEW,ESTABLISHED {draw.Not(25)}--ctorigdst {host.AnyPrefix()}",
        _ => $"-m conntrack --ctproto tcp {draw.Not(25)}--ctorigdstport {host.AnyPort()}",
    };

    private string Owner() => draw.Between(0, 5) switch
    {
        0 => $"-m owner {draw.Not(30)}--socket-exists",
        1 => $"-m owner {draw.Not(40)}--uid-owner {IdRange()} {draw.Not(40)}--gid-owner {IdRange()}",
        2 => $"-m owner {draw.Not(40)}--gid-owner {IdRange()}{(draw.Chance(40) ? " --suppl-groups" : "")}",
        _ => $"-m owner {draw.Not(40)}--uid-owner {IdRange()}",
    };

    private string IdRange()
    {
        var first = draw.Pick(host.Ids);
        return draw.Chance(20) ? $"{first}-{first + draw.Between(0, 2000)}" : $"{first}";
    }

    private string MaskedMark() => draw.Chance(40)
        ? $"0x{draw.Pick(host.Marks):x}/0x{draw.Pick(0xffu, 1u, 0xfu, 0xffffu):x}"
        : $"0x{draw.Pick(host.Marks):x}";

    private string AddressType(RandomChain chain)
    {
        var types = host.IsV6 ? new[] { "LOCAL", "UNICAST", "MULTICAST" } : ["LOCAL", "UNICAST", "MULTICAST", "BROADCAST"];
        var limit = draw.Between(0, 9) switch
        {
            0 when chain.IsOnlyAt("PREROUTING", "INPUT", "FORWARD") => " --limit-iface-in",
            1 when chain.IsOnlyAt("OUTPUT", "POSTROUTING", "FORWARD") => " --limit-iface-out",
            _ => "",
        };
        return draw.Chance(15)
            ? $"-m addrtype {draw.Not(25)}--src-type {draw.Pick(types)} {draw.Not(25)}--dst-type {draw.Pick(types)}"
            : $"-m addrtype {draw.Not(25)}--{draw.Pick("src", "dst", "dst")}-type {string.Join(',', draw.Some(draw.Between(1, 2), types))}{limit}";
    }

    private string AddressRange()
    {
        var first = host.AnyAddress();
        return $"{first}-{host.AddressAbove(first)}";
    }

    private string Set()
    {
        var (name, dimensions) = draw.Pick(host.Sets);
        var directions = Enumerable.Range(0, dimensions).Select(_ => draw.Pick("src", "dst"));
        return $"-m set {draw.Not(25)}--match-set {name} {string.Join(',', directions)}{(draw.Chance(20) ? draw.Pick(" --return-nomatch", " --packets-gt 3", " --bytes-lt 100", " ! --packets-eq 0") : "")}";
    }
}
