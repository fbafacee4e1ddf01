namespace RuleCompiler.Tests.Generators;

/// <summary>Draws targets that the kernel takes where they shall stand.</summary>
internal sealed class RandomTarget(Draw draw, RandomHost host)
{
    private static readonly string[] Ports = ["tcp", "udp", "sctp", "dccp"];
    private readonly RandomRareTarget _rare = new(draw, host);

    /// <summary>One target.</summary>
    /// <param name="chain">Where the rule will stand.</param>
    /// <param name="callees">The chains it may jump to.</param>
    /// <param name="protocol">What stands behind its <c>-p</c>; empty for none.</param>
    /// <returns><c>-j</c> or <c>-g</c> with all that follows; empty for a rule that only counts.</returns>
    public string Text(RandomChain chain, IReadOnlyList<RandomChain> callees, string protocol)
    {
        if (callees.Count > 0 && draw.Chance(40))
        {
            return $"{draw.Pick("-j", "-j", "-j", "-g")} {draw.Pick(callees).Name}";
        }

        if (draw.Chance(10) && _rare.Text(chain, protocol) is { } rare)
        {
            return $"-j {rare}";
        }

        if (draw.Chance(45) && OfTable(chain, protocol) is { } special)
        {
            return $"-j {special}";
        }

        return draw.Between(0, 19) switch
        {
            < 7 => "-j LOG",
            7 => $"-j LOG --log-prefix \"{draw.Pick("a b", "IPTABLES: ", "x")}\" --log-level {draw.Between(1, 7)}",
            < 11 => "-j ACCEPT",
            < 14 => "-j RETURN",
            < 16 => $"-j {Mark()}",
            16 => $"-j {Connmark()}",
            17 when chain.Table != "nat" => draw.Pick("-j NFQUEUE --queue-num 5", "-j NFQUEUE --queue-num 5 --queue-bypass", "-j NFQUEUE --queue-balance 5:6"),
            18 when chain.Table != "nat" => "-j DROP",
            _ => "",
        };
    }

    private string? OfTable(RandomChain chain, string protocol) => chain.Table switch
    {
        "raw" => draw.Pick(
            "CT --notrack", "NOTRACK", "NFLOG --nflog-group 3", "TRACE", "CT --zone 5", "CT --zone-orig 5", "CT --zone-reply 5",
            $"CT --{draw.Pick("zone", "zone-orig", "zone-reply")} mark",
            "CT --ctevents new,destroy", protocol == "tcp" ? draw.Pick("CT --helper ftp", "CT --timeout t0") : "CT --expevents new"),
        "mangle" => Mangle(chain, protocol),
        "nat" => Nat(chain, protocol),
        "filter" when protocol == "tcp" && draw.Chance(50) => "REJECT --reject-with tcp-reset",
        "filter" => draw.Chance(40) ? "REJECT" : "DROP",
        _ => draw.Pick("DROP", "MARK --set-xmark 0x1/0x1"),
    };

    private string? Mangle(RandomChain chain, string protocol)
    {
        if (chain.IsOnlyAt("PREROUTING") && protocol is ("tcp" or "udp") && draw.Chance(60))
        {
            var port = host.ProxyPort == 0 ? draw.Pick(host.Ports) : host.ProxyPort;
            var address = host.IsV6 ? "::" : "0.0.0.0";
            return $"TPROXY --on-port {port} --on-ip {address} --tproxy-mark 0x{draw.Pick(host.Marks):x}/0xffffffff";
        }

        return draw.Between(0, 9) switch
        {
            9 when protocol == "tcp" => "TCPOPTSTRIP --strip-options 2,3",
            6 when chain.IsOnlyAt("FORWARD", "OUTPUT", "POSTROUTING") => "CLASSIFY --set-class 0001:0002",
            7 => "CHECKSUM --checksum-fill",
            8 => "AUDIT --type accept",
            0 => $"TOS --{draw.Pick("set-tos 0x10/0xff", "set-tos 0x08/0x3f", "and-tos 0x0f", "or-tos 0x10", "xor-tos 0x08")}",
            1 => $"DSCP --set-dscp{draw.Pick(" 0x2e", " 0x04", "-class EF")}",
            2 => host.IsV6 ? draw.Pick("HL --hl-set 63", "HL --hl-dec 1", "HL --hl-inc 1") : draw.Pick("TTL --ttl-set 63", "TTL --ttl-dec 1", "TTL --ttl-inc 1"),
            3 => Connmark(),
            _ => Mark(),
        };
    }

    private string? Nat(RandomChain chain, string protocol)
    {
        var hasPorts = Ports.Contains(protocol);
        if (chain.IsOnlyAt("PREROUTING", "OUTPUT"))
        {
            return draw.Between(0, 9) switch
            {
                < 4 => hasPorts && draw.Chance(80) ? $"REDIRECT --to-ports {PortOrRange()}{(draw.Chance(5) ? " --random" : "")}" : "REDIRECT",
                < 9 => $"DNAT --to-destination {End(hasPorts, ranges: true)}{(draw.Chance(10) ? " --persistent" : "")}",
                _ => $"NETMAP --to {Network()}",
            };
        }

        if (chain.IsOnlyAt("POSTROUTING") && draw.Chance(50))
        {
            return hasPorts && draw.Chance(20) ? $"MASQUERADE --to-ports {draw.Between(1024, 2000)}-{draw.Between(2000, 65535)}{Randomly()}" : $"MASQUERADE{Randomly()}";
        }

        return chain.IsOnlyAt("POSTROUTING", "INPUT")
            ? draw.Chance(90) ? $"SNAT --to-source {End(hasPorts, ranges: draw.Chance(20))}{Randomly()}" : $"NETMAP --to {Network()}"
            : null;
    }

    private string PortOrRange()
    {
        var first = host.AnyPort();
        return draw.Chance(20) ? $"{first}-{draw.Between(first, 65535)}" : $"{first}";
    }

    /// <summary>Now and then what leaves the port to the kernel.</summary>
    private string Randomly() => draw.Chance(5) ? draw.Pick(" --random", " --random-fully") : "";

    private string End(bool hasPorts, bool ranges)
    {
        var address = host.AnyAddress();
        while (address == "::1")
        {
            // An arriving packet so translated is forwarded by the interface it came by, where that has a route.
            address = host.AnyAddress();
        }

        if (draw.Chance(10))
        {
            address += $"-{host.AddressAbove(address)}";
        }

        if (!hasPorts || draw.Chance(50))
        {
            return address;
        }

        var port = ranges ? PortOrRange() : $"{Math.Max(host.AnyPort(), 1)}";
        return host.IsV6 ? $"[{address}]:{port}" : $"{address}:{port}";
    }

    private string Network() => host.IsV6 ? "fd77::/64" : draw.Pick("192.168.44.0/24", "10.77.0.0/16");

    private string Mark()
    {
        var value = $"0x{draw.Pick(host.Marks):x}";
        return draw.Between(0, 6) switch
        {
            6 => $"MARK --set-mark {value}/{draw.Pick("0xff", "0xf0", "0xffffffff")}",
            0 => $"MARK --and-mark {value}",
            1 => $"MARK --or-mark {value}",
            2 => $"MARK --xor-mark {value}",
            3 => $"MARK --set-xmark {value}/0xff",
            _ => $"MARK --set-xmark {value}/0xffffffff",
        };
    }

    private string Connmark() => draw.Between(0, 6) switch
    {
        0 => "CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff",
        1 => "CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff",
        2 => "CONNMARK --save-mark --nfmask 0xff --ctmask 0xf",
        3 => $"CONNMARK --set-mark 0x{draw.Pick(host.Marks):x}/0xff",
        4 => $"CONNMARK --{draw.Pick("and", "or", "xor")}-mark 0x{draw.Pick(host.Marks):x}",
        5 => $"CONNMARK --{draw.Pick("save", "restore")}-mark --{draw.Pick("left", "right")}-shift-mark {draw.Between(1, 8)}",
        _ => $"CONNMARK --set-xmark 0x{draw.Pick(host.Marks):x}/0xffffffff",
    };
}
