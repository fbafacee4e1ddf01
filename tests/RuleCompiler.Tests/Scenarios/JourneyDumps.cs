using RuleCompiler.Tests.Generators;
using RuleCompiler.Tests.Oracles.SmallDomain;

namespace RuleCompiler.Tests.Scenarios;

/// <summary>Draws dumps of all tables and hooks over the domain of <see cref="JourneyPackets"/>, with claims about them.</summary>
/// <param name="draw">Chance.</param>
/// <param name="isV6">Whether dumps are of IPv6.</param>
internal sealed class JourneyDumps(Draw draw, bool isV6)
{
    private static readonly string[] Tests =
    [
        "-p tcp", "-p udp", "-p tcp -m tcp --dport 80", "-p tcp -m tcp ! --dport 81", "-p udp -m udp --dport 80", "-s 10.0.0.2/32",
        "! -s 10.244.1.7/32", "-d 10.0.0.3/32", "! -d 127.0.0.1/32", "-d 10.244.1.7/32", "-m mark --mark 0x1", "-m mark ! --mark 0x4/0x4",
        "-m state --state NEW", "-m conntrack ! --ctstate INVALID", "-m limit --limit 5/sec", "-m statistic --mode random --probability 0.5",
    ];

    private static readonly string[] MangleTargets =
    [
        "-j MARK --set-xmark 0x1/0xffffffff", "-j MARK --set-xmark 0x4/0x4", "-j MARK --set-xmark 0x1/0x0", "-j MARK --set-xmark 0x0/0x4",
        "-j MARK --set-xmark 0x5/0x1", "-j CONNMARK --set-xmark 0x4/0x6", "-j CONNMARK --set-xmark 0x3/0x0", "-j CONNMARK --save-mark --nfmask 0x4 --ctmask 0x5",
        "-j CONNMARK --save-mark --nfmask 0x5 --ctmask 0x1", "-j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff",
        "-j CONNMARK --restore-mark --nfmask 0x1 --ctmask 0x3", "-j RETURN", "-j DROP", "-j ACCEPT",
    ];

    private static readonly string[] FilterTargets =
        ["-j DROP", "-j ACCEPT", "-j RETURN", "-j REJECT --reject-with icmp-port-unreachable", "-j LOG", "-j USER"];

    private static readonly string[] DestinationTargets =
    [
        "-p tcp -j REDIRECT --to-ports 15001", "-p tcp -j REDIRECT --to-ports 81", "-j REDIRECT", "-p tcp -j DNAT --to-destination 10.0.0.3:80",
        "-j DNAT --to-destination 10.244.1.7", "-j RETURN", "-j ACCEPT", "-j DNAT --to-destination 10.0.0.3-10.0.0.5", "-j NETMAP --to 10.0.0.0/24",
        "-p tcp -j DNAT --to-destination 10.244.1.7-10.244.1.8:81", "-p tcp -j DNAT --to-destination :81-85", "-p tcp -j DNAT --to-destination 10.0.0.3:80-89/81",
        "-p tcp -j REDIRECT --to-ports 80-82", "-p tcp -j REDIRECT --to-ports 15006-15012 --random", "-p tcp -j DNAT --to-destination 10.0.0.3:80-81 --random",
        "-d 10.244.0.0/16 -j NETMAP --to 10.0.0.0/16",
    ];

    private static readonly string[] SourceTargets =
    [
        "-j MASQUERADE", "-j SNAT --to-source 10.244.1.7", "-j SNAT --to-source 10.9.9.9", "-j RETURN", "-j SNAT --to-source 10.9.9.9-10.9.9.12",
        "-j SNAT --to-source 10.0.0.1-10.0.0.2 --persistent", "-p tcp -j SNAT --to-source 10.244.1.7:1000-1100", "-p tcp -j SNAT --to-source :1020-2000",
        "-p tcp -j MASQUERADE --to-ports 2000-3000", "-p tcp -j MASQUERADE --to-ports 1000-1100 --random", "-j MASQUERADE --random",
        "-j SNAT --to-source 10.9.9.9 --random", "-j NETMAP --to 10.9.0.0/16", "-s 10.244.0.0/16 -j NETMAP --to 10.9.0.0/16",
    ];

    private static readonly string[] Conditions =
    [
        "verdict accept", "verdict drop", "verdict reject", "untouched", "not untouched", "redirect", "redirect :15001", "redirect 10.244.1.7:81", "dnat",
        "dnat 10.0.0.3:80", "dnat 10.244.1.7", "not dnat", "snat", "masquerade 10.244.1.7", "masquerade", "mark 0x1", "mark 0x4/0x4", "not mark 0x0", "mark 0x8",
        "snat 10.9.9.9", "snat 10.9.9.10", "not snat 10.9.9.8-10.9.9.12", "snat 10.9.9.10-10.9.9.11", "snat :1000-1100", "snat :1024", "dnat 10.0.0.3-10.0.0.5",
        "dnat 10.0.0.4", "dnat 10.0.0.3:83", "dnat :80-81", "redirect :80-82", "redirect :15000-16000", "masquerade :2000-3000", "not masquerade :1024",
        "netmap", "not netmap", "netmap 10.0.1.7", "netmap 10.9.0.2", "netmap 10.9.0.0-10.9.255.255", "netmap 10.0.0.7",
    ];

    private readonly List<string> _rules = [];

    /// <summary>The text of a dump; afterwards <see cref="Condition"/> speaks of its rules.</summary>
    public string Dump()
    {
        _rules.Clear();
        return InFamily(string.Concat([
            draw.Chance(60) ? Table("mangle", MangleTargets, "PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING") : "",
            Nat(),
            Table("filter", FilterTargets, "INPUT", "FORWARD", "OUTPUT", "USER"),
        ]));
    }

    /// <summary>A condition of a claim.</summary>
    /// <param name="hasFlows">Whether the dump is of a sidecar.</param>
    public string Condition(bool hasFlows) => draw.Between(0, 9) switch
    {
        < 4 when _rules.Count > 0 => $"{(draw.Chance(30) ? "not " : "")}hits {draw.Pick(_rules)}",
        < 7 when hasFlows => $"{(draw.Chance(30) ? "not " : "")}flow {draw.Pick("1", "2", "3", "4", "5", "6", "none")}",
        _ => InFamily(draw.Pick(Conditions)),
    };

    /// <summary>Istio's rules with some of them left out, so that flows go wrong; else one of ours.</summary>
    public string Sidecar()
    {
        _rules.Clear();
        var sidecar = Flows.SidecarDump.Article.Without([.. Enumerable.Range(1, 9).Where(_ => draw.Chance(15))]);
        _rules.AddRange(Enumerable.Range(1, sidecar.Output.Length).Select(number => $"nat:ISTIO_OUTPUT:{number}"));
        return sidecar.ToString();
    }

    private string InFamily(string text) => isV6 ? SmallV6Text.Of(text) : text;

    private string Nat()
    {
        var text = Table("nat", DestinationTargets, "PREROUTING", "OUTPUT");
        return text.Replace("COMMIT\n", "", StringComparison.Ordinal) + Table("nat", SourceTargets, "POSTROUTING").Replace("*nat\n", "", StringComparison.Ordinal);
    }

    private string Table(string table, string[] targets, params string[] chains)
    {
        var heads = chains.Select(chain => $":{chain} {(chain == "USER" ? "-" : table == "filter" && draw.Chance(30) ? "DROP" : "ACCEPT")} [0:0]\n");
        var rules = chains.SelectMany(chain => Enumerable.Range(1, draw.Between(0, 3)).Select(number => Rule(table, chain, number, targets)));
        return $"*{table}\n{string.Concat(heads)}{string.Concat(rules)}COMMIT\n";
    }

    private string Rule(string table, string chain, int number, string[] targets)
    {
        _rules.Add($"{table}:{chain}:{number}");
        var target = draw.Pick([.. targets.Where(t => chain != "USER" || t != "-j USER")]);
        // A second protocol or network beside a target's own could not be met.
        var own = target[..2];
        var tests = draw.Some(draw.Between(0, 2), [.. Tests.Where(t => own is "-j" || !t.Replace("! ", "", StringComparison.Ordinal).StartsWith(own, StringComparison.Ordinal))]).ToList();
        while (tests.Count(t => t.StartsWith("-p", StringComparison.Ordinal)) > 1 || tests.Count(t => t.Contains("-s ", StringComparison.Ordinal)) > 1
            || tests.Count(t => t.Contains("-d ", StringComparison.Ordinal)) > 1)
        {
            tests.RemoveAt(0);
        }
        return $"-A {chain} {string.Join(' ', tests.Append(target))}\n";
    }
}
