namespace RuleCompiler.Tests.Generators;

/// <summary>Draws targets that few rule sets use and that go on with the next rule, or take the packet away.</summary>
internal sealed class RandomRareTarget(Draw draw, RandomHost host)
{
    /// <summary>Without which x_tables refuses the rule.</summary>
    private const string AskedForSyn = "-m tcp --tcp-flags SYN SYN";

    /// <returns>What stands behind <c>-j</c>; null where nothing of the kind may stand.</returns>
    public string? Text(RandomChain chain, string protocol) => draw.Between(0, 9) switch
    {
        7 when host.IsTracking => $"TEE --gateway {draw.Pick(host.Remote)}{(draw.Chance(30) ? $" --oif {draw.Pick(host.Interfaces)}" : "")}",
        8 => $"IDLETIMER --timeout 600 --label t{draw.Between(0, 2)}",
        9 => "RATEEST --rateest-name e --rateest-interval 250.0ms --rateest-ewmalog 500.0ms",
        _ when chain.Table == "nat" => null,
        4 when chain.Table is "mangle" or "security" => $"CONNSECMARK --{draw.Pick("save", "restore")}",
        0 => $"HMARK --hmark-tuple {draw.Pick("src", "src,dst", "ct,src")} --hmark-mod {draw.Between(1, 4)} --hmark-rnd 0x1",
        1 when host.Sets.Count > 0 => ChangeSet(),
        2 when protocol == "tcp" && chain.Table == "filter" && chain.IsOnlyAt("INPUT", "FORWARD") =>
            "SYNPROXY --sack-perm --timestamp --wscale 7 --mss 1460",
        3 when protocol == "tcp" && chain.Table == "mangle" && !host.IsV6 =>
            $"ECN {draw.Pick("--ecn-tcp-remove", "--ecn-ip-ect 2", "--ecn-tcp-ece 0")}",
        5 when protocol == "tcp" && chain.Table == "mangle" => $"TCPOPTSTRIP --strip-options {draw.Pick("2", "8", "3,4", "2,8")}",
        6 when protocol == "tcp" && chain.Table == "mangle" && chain.IsOnlyAt("FORWARD", "OUTPUT", "POSTROUTING") =>
            $"TCPMSS {draw.Pick("--set-mss 300", "--set-mss 900", "--clamp-mss-to-pmtu")} {AskedForSyn}",
        6 when protocol == "tcp" && chain.Table == "mangle" => $"TCPMSS --set-mss {draw.Pick(300, 900)} {AskedForSyn}",
        _ when chain.Table == "mangle" && host.IsV6 && chain.IsOnlyAt("PREROUTING", "OUTPUT") =>
            "DNPT --src-pfx fd00:1::/64 --dst-pfx fd77::/64",
        _ when chain.Table == "mangle" && host.IsV6 && chain.IsOnlyAt("INPUT", "POSTROUTING") =>
            "SNPT --src-pfx fd00:1::/64 --dst-pfx fd77::/64",
        _ => null,
    };

    private string ChangeSet()
    {
        var (name, dimensions) = draw.Pick(host.Sets);
        var direction = draw.Pick("src", "dst");
        return $"SET --{draw.Pick("add", "del")}-set {name} {string.Join(',', Enumerable.Repeat(direction, dimensions))}";
    }
}
