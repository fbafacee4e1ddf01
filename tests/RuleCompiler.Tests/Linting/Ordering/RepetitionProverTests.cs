using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

/// <summary>Rules that only write what earlier ones have written, and the earlier ones as causes.</summary>
internal sealed class RepetitionProverTests
{
    private const string Id = "IPT3005";

    [TestCase(
        "*mangle\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j MARK --set-xmark 0x1/0x1\n[|-A INPUT -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x1/0x1|]\nCOMMIT\n",
        "rule 1 has written the same before", TestName = "A rule of the same chain")]
    [TestCase(
        """
        *nat
        :OUTPUT ACCEPT [0:0]
        :SERVICE - [0:0]
        :END - [0:0]
        :MARKED - [0:0]
        -A OUTPUT -d 10.96.0.1/32 -p tcp -m tcp --dport 80 -j SERVICE
        -A SERVICE ! -s 10.244.0.0/16 -j MARKED
        -A SERVICE -j END
        [|-A END -s 10.245.0.2/32 -j MARKED|]
        -A END -p tcp -j DNAT --to-destination 10.245.0.2:9090
        -A MARKED -j MARK --set-xmark 0x4000/0x4000
        COMMIT

        """,
        "rule 1 of SERVICE has written the same before", TestName = "A call on the way, of the chain that writes")]
    [TestCase(
        """
        *raw
        :OUTPUT ACCEPT [0:0]
        -A OUTPUT -p udp -j MARK --set-xmark 0x1/0x1
        COMMIT
        *mangle
        :OUTPUT ACCEPT [0:0]
        :UDP - [0:0]
        -A OUTPUT -p udp -j UDP
        -A UDP -p udp -m udp --dport 99 -j MARK --set-xmark 0x3/0x3
        [|-A UDP -p udp -m udp --dport 53 -j MARK --set-xmark 0x1/0x1|]
        COMMIT

        """,
        "rule 1 of OUTPUT has written the same before", TestName = "A rule of an earlier table")]
    [TestCase(
        """
        *mangle
        :INPUT ACCEPT [0:0]
        :LAST - [0:0]
        -A INPUT -p tcp -j MARK --set-xmark 0x1/0x1
        -A INPUT -p udp -j MARK --set-xmark 0x1/0x1
        -A INPUT -p tcp -j LAST
        -A INPUT -p udp -j LAST
        -A LAST -m ttl --ttl-eq 1 -j DROP
        [|-A LAST -j MARK --set-xmark 0x1/0x1|]
        COMMIT

        """,
        "rule 1 of INPUT and rule 2 of INPUT have written the same before", TestName = "Two, for one half of the packets each")]
    public void Earlier_rules_have_written_it(string markup, string reason) =>
        Assert.That(FindingAssert.Reports(markup, Id).Single().Message, Does.EndWith(reason));

    /// <remarks>The first time they have the mark, and the second time another.</remarks>
    [TestCase(
        """
        *mangle
        :INPUT ACCEPT [0:0]
        :ONE - [0:0]
        -A INPUT -p tcp -m tcp --dport 1 -j MARK --set-xmark 0x1/0xffffffff
        -A INPUT -m mark --mark 0x1 -j LOG
        [|-A INPUT -j ONE|]
        -A INPUT -j MARK --set-xmark 0x2/0xffffffff
        -A INPUT -j ONE
        -A ONE -p tcp -m tcp --dport 1 -j MARK --set-xmark 0x1/0xffffffff
        COMMIT

        """, TestName = "Packets meet it twice")]
    [TestCase(
        """
        *mangle
        :INPUT ACCEPT [0:0]
        -A INPUT -p tcp -j MARK --set-xmark 0x1/0xffffffff
        -A INPUT -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x2/0xffffffff
        -A INPUT -p tcp -j MARK --set-xmark 0x1/0xffffffff
        COMMIT

        """, TestName = "Some have another mark by now")]
    [TestCase(
        """
        *mangle
        :INPUT ACCEPT [0:0]
        -A INPUT -p tcp -m statistic --mode random --probability 0.5 -j MARK --set-xmark 0x1/0x1
        -A INPUT -p tcp -j MARK --set-xmark 0x1/0x1
        COMMIT

        """, TestName = "Chance decides about the earlier rule")]
    public void Is_needed(string markup) => FindingAssert.Reports(markup, Id);

    /// <remarks>They are few, and come by so many calls that none of the packets tried is one of them.</remarks>
    [Test]
    public void Is_needed_where_some_packets_come_back_with_another_mark()
    {
        const string network = "-A INPUT -s 192.0.2.0/28 -p tcp";
        const string few = $"{network} -m tcp --sport 777";
        var calls = string.Concat(Enumerable.Range(0, 16).Select(host => $"[|-A INPUT -s 192.0.2.{host}/32 -p tcp -j ONE|]\n"));
        FindingAssert.Reports(
            $"*mangle\n:INPUT ACCEPT [0:0]\n:ONE - [0:0]\n{network} -j MARK --set-xmark 0x1/0xffffffff\n-A INPUT -m mark --mark 0x1 -j LOG\n{calls}"
            + $"{few} -j MARK --set-xmark 0x2/0xffffffff\n-A INPUT -m mark --mark 0x2 -j LOG\n{few} -j ONE\n"
            + "-A ONE -j MARK --set-xmark 0x1/0xffffffff\nCOMMIT\n",
            Id);
    }

    /// <remarks>There are more ways to get to it, with the mark that it sets, than can be followed.</remarks>
    [Test]
    public void What_its_own_chain_shows_is_not_lost_behind_many_unknowns()
    {
        var logs = string.Concat(Enumerable.Range(1, 40).Select(name => $"-A ONE -m string --string {name} --algo bm -j LOG\n"));
        FindingAssert.Reports(
            $"*mangle\n:INPUT ACCEPT [0:0]\n:ONE - [0:0]\n-A INPUT -j MARK --set-xmark 0x2/0x2\n-A INPUT -j ONE\n{logs}"
            + "[|-A ONE -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x2/0x2|]\n-A ONE -p tcp -j MARK --set-xmark 0x6/0x6\nCOMMIT\n",
            Id);
    }
}
