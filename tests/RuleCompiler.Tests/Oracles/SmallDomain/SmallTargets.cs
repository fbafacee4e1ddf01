using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Generators;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>Draws the text of targets that may stand at a place.</summary>
internal sealed class SmallTargets(Draw draw, SmallFields fields)
{
    private static readonly string[] Marks =
    [
        "0x1/0xffffffff", "0x2/0xffffffff", "0x0/0xffffffff", "0x1/0x1", "0x0/0x1", "0x2/0x2", "0x1/0x0",
    ];

    private const int SetsOfConnectionMark = 3;

    private static readonly string[] ConnectionMarks =
    [
        "-j CONNMARK --set-xmark 0x1/0xffffffff",
        "-j CONNMARK --set-xmark 0x0/0xffffffff",
        "-j CONNMARK --set-xmark 0x1/0x1",
        "-j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff",
        "-j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff",
        "-j CONNMARK --save-mark --nfmask 0x1 --ctmask 0x1",
        "-j CONNMARK --restore-mark --nfmask 0x2 --ctmask 0x2",
    ];

    /// <summary>One target.</summary>
    /// <param name="place">Where.</param>
    /// <param name="tests">The tests of its rule.</param>
    public string Of(SmallPlace place, IReadOnlyList<string> tests)
    {
        if (place.Callees.Count > 0 && draw.Chance(35))
        {
            return $"{draw.Pick("-j", "-j", "-j", "-g")} {draw.Pick(place.Callees)}";
        }
        string[] special = [.. OfTable(place, isTcp: tests.Contains("-p tcp"), isUdp: tests.Contains("-p udp"))];
        if (special.Length > 0 && draw.Chance(45))
        {
            return draw.Pick(special);
        }
        var isNat = place.Table == TableKind.Nat;
        return draw.Between(0, 19) switch
        {
            < 8 => "-j ACCEPT",
            < 13 => isNat ? "-j RETURN" : "-j DROP",
            < 16 => "-j RETURN",
            16 => "-j LOG",
            17 => "-j LOG --log-prefix \"seen: \"",
            18 => "",
            _ => isNat ? "-j ACCEPT" : draw.Pick("-j NFQUEUE --queue-num 5", "-j NFQUEUE --queue-num 5 --queue-bypass"),
        };
    }

    private IEnumerable<string> OfTable(SmallPlace place, bool isTcp, bool isUdp) => place.Table switch
    {
        TableKind.Filter => new[] { "-j REJECT", "-j REJECT --reject-with icmp-port-unreachable", "-j REJECT --reject-with icmp-host-prohibited" }
            .Concat(isTcp ? ["-j REJECT --reject-with tcp-reset"] : []),
        TableKind.Raw => ["-j CT --notrack", "-j CT --notrack", "-j CT --zone 1", "-j CT --zone 2"],
        TableKind.Nat when place.TranslatesDestination => new[] { "-j DNAT --to-destination 172.16.0.2", "-j REDIRECT" }.Concat(
            isTcp || isUdp
                ? ["-j REDIRECT --to-ports 80", "-j REDIRECT --to-ports 81", "-j REDIRECT --to-ports 80-81", "-j DNAT --to-destination 172.16.0.3:80"]
                : []),
        TableKind.Nat when place.TranslatesSource => new[] { "-j SNAT --to-source 172.16.0.2" }
            .Concat(place.Masquerades ? ["-j MASQUERADE"] : [])
            .Concat(isTcp || isUdp ? ["-j SNAT --to-source 172.16.0.3:81"] : []),
        TableKind.Nat or TableKind.Security => [],
        TableKind.Mangle when place.Proxies && (isTcp || isUdp) && draw.Chance(30) =>
            ["-j TPROXY --on-port 15006 --on-ip 0.0.0.0 --tproxy-mark 0x1/0x1", "-j TPROXY --on-port 15001 --on-ip 0.0.0.0 --tproxy-mark 0x2/0xffffffff"],
        _ => Marks.Where(_ => fields.HasFlag(SmallFields.Mark)).Select(mark => $"-j MARK --set-xmark {mark}").Concat(
            !fields.HasFlag(SmallFields.ConnectionMark) ? []
            : fields.HasFlag(SmallFields.Mark) ? ConnectionMarks : ConnectionMarks[..SetsOfConnectionMark]),
    };
}
