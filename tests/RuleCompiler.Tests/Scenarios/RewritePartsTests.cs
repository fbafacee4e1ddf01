using NUnit.Framework;

namespace RuleCompiler.Tests.Scenarios;

/// <summary>Claims about whole networks where the kernel picks addresses and ports: decided as far as it does not matter which.</summary>
internal sealed class RewritePartsTests
{
    private const string Dump = """
        *mangle
        :OUTPUT ACCEPT [0:0]
        -A OUTPUT -p sctp -j MARK --set-xmark 0x6/0x0
        -A OUTPUT -p sctp -j CONNMARK --set-xmark 0x1/0x0
        -A OUTPUT -p sctp -j CONNMARK --restore-mark --nfmask 0x0 --ctmask 0x3
        COMMIT
        *nat
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :POSTROUTING ACCEPT [0:0]
        -A OUTPUT -p tcp -m tcp --dport 81 -j DNAT --to-destination 10.0.0.10-10.0.0.19:8000-8099 --random
        -A OUTPUT -d 10.1.0.0/16 -j NETMAP --to 10.2.0.0/16
        -A POSTROUTING -s 10.5.0.0/16 -p tcp -j SNAT --to-source 192.0.2.10-192.0.2.13:2000-2999
        -A POSTROUTING -s 10.6.0.0/16 -p udp -j MASQUERADE --random
        COMMIT
        """;

    [TestCase("always", "tcp * -> 203.0.113.0/24:81", "dnat 10.0.0.0-10.0.0.255", ExpectedResult = "proved")]
    [TestCase("always", "tcp * -> 203.0.113.0/24:81", "dnat 10.0.0.10-10.0.0.19:8000-8099", ExpectedResult = "proved")]
    [TestCase("always", "tcp * -> *:81", "dnat", ExpectedResult = "proved", Description = "the port changes in any case")]
    [TestCase("never", "tcp * -> *:81", "dnat 10.0.0.20", ExpectedResult = "proved")]
    [TestCase("never", "tcp * -> *:81", "dnat :8000", ExpectedResult = "proved", Description = "no packet is sure to get that port")]
    [TestCase("always", "tcp * -> *:81", "dnat :8000-8050", ExpectedResult = "refuted")]
    [TestCase("never", "tcp 10.5.0.0/24:* -> 203.0.113.0/24:80", "snat 192.0.2.14", ExpectedResult = "proved")]
    [TestCase("always", "tcp 10.5.0.0/24:1024-1999 -> 203.0.113.9:80", "snat 192.0.2.10-192.0.2.13:2000-2999", ExpectedResult = "proved")]
    [TestCase("never", "tcp 10.5.0.0/24:1024 -> 203.0.113.0/24:80", "not snat", ExpectedResult = "proved")]
    [TestCase("always", "udp * -> 10.1.0.0/16", "netmap 10.2.0.0-10.2.255.255", ExpectedResult = "proved")]
    [TestCase("never", "udp * -> 10.1.3.0/24", "netmap 10.2.4.0-10.2.255.255", ExpectedResult = "proved")]
    [TestCase("never", "udp * -> 10.1.0.0/16", "netmap 10.2.3.7", ExpectedResult = "refuted")]
    [TestCase("never", "udp * -> !10.1.3.7", "netmap 10.2.3.7", ExpectedResult = "proved")]
    [TestCase("always", "udp 10.6.0.0/16:1024-65535 -> 203.0.113.9:53 out eth0", "masquerade :1024-65535", ExpectedResult = "proved")]
    [TestCase("never", "udp 10.6.0.0/16:1-1023 -> 203.0.113.9:53 out eth0", "masquerade :1024-65535", ExpectedResult = "proved")]
    [TestCase("always", "sctp * -> * mark 0x0 ctmark 0x0 out eth0", "mark 0x7", ExpectedResult = "proved")]
    [TestCase("never", "sctp * -> * mark 0x0-0x7 ctmark 0x0-0x3 out eth0", "mark 0x7/0x4", ExpectedResult = "refuted")]
    public string Decides(string kind, string space, string condition)
    {
        var result = ScenarioAssert.Run($"""
            dump "pod.rules"
            {kind} "it"
              space {space} state NEW
              {condition}
            """, Dump)[0];
        return result.Undecided ?? (result.Failures.IsEmpty ? "proved" : "refuted");
    }
}
