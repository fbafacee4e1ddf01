using NUnit.Framework;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class ConnectionTests
{
    private const string Original = "tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0 ";

    [TestCase("--ctorigsrc 10.1.0.9", "state ESTABLISHED", ExpectedResult = "yes")]
    [TestCase("--ctorigsrc 10.1.0.1", "state ESTABLISHED dir reply", ExpectedResult = "yes")]
    [TestCase("--ctdir REPLY", "state ESTABLISHED dir reply", ExpectedResult = "yes")]
    [TestCase("--ctdir REPLY", "state ESTABLISHED", ExpectedResult = "no")]
    [TestCase("--ctstatus SEEN_REPLY", "state ESTABLISHED", ExpectedResult = "yes")]
    [TestCase("--ctstatus ASSURED", "state ESTABLISHED", ExpectedResult = "perhaps")]
    [TestCase("--ctstatus ASSURED", "state ESTABLISHED ctstatus ASSURED,SEEN_REPLY", ExpectedResult = "yes")]
    [TestCase("--ctstatus CONFIRMED", "state NEW", ExpectedResult = "no")]
    [TestCase("--ctstate DNAT", "state ESTABLISHED nat 10.1.0.9:1000 -> 10.1.0.1:8080", ExpectedResult = "yes")]
    [TestCase("--ctstate SNAT", "state ESTABLISHED nat 10.1.0.9:1000 -> 10.1.0.1:8080", ExpectedResult = "no")]
    [TestCase("--ctreplsrc 10.1.0.7", "state ESTABLISHED nat 10.1.0.9:1000 -> 10.1.0.7:80", ExpectedResult = "yes")]
    [TestCase("--ctproto tcp", "state INVALID", ExpectedResult = "no")]
    [TestCase("! --ctproto tcp", "state INVALID", ExpectedResult = "no")]
    public string Conntrack_matches(string test, string clauses) => Answer(test, Original + clauses);

    [TestCase("--ctstate RELATED", ExpectedResult = "yes")]
    [TestCase("--ctproto udp", ExpectedResult = "perhaps")]
    [TestCase("--ctorigsrc 10.1.0.1", ExpectedResult = "perhaps")]
    public string An_ICMP_error_does_not_tell_the_connection_it_belongs_to(string test) =>
        Answer(test, "icmp 10.1.0.9 -> 10.1.0.1 in eth0 type destination-unreachable state RELATED");

    /// <remarks>Observed on Linux 6.18: conntrack compares what it keeps there, whatever the protocol.</remarks>
    [TestCase("--ctorigsrcport 1000", "dccp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0", ExpectedResult = "no")]
    [TestCase("--ctorigsrcport 0", "dccp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0", ExpectedResult = "yes")]
    [TestCase("--ctreplsrcport 0", "dccp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0", ExpectedResult = "yes")]
    [TestCase("! --ctorigdstport 80", "esp 10.1.0.9 -> 10.1.0.1 in eth0", ExpectedResult = "yes")]
    [TestCase("--ctorigdstport 0", "esp 10.1.0.9 -> 10.1.0.1 in eth0", ExpectedResult = "yes")]
    [TestCase("--ctorigdstport 2048", "icmp 10.1.0.9 -> 10.1.0.1 in eth0", ExpectedResult = "yes")]
    [TestCase("--ctrepldstport 0", "icmp 10.1.0.9 -> 10.1.0.1 in eth0", ExpectedResult = "yes")]
    [TestCase("--ctorigdstport 2048", "icmp 10.1.0.9 -> 10.1.0.1 in eth0 type echo-reply state ESTABLISHED dir reply", ExpectedResult = "yes")]
    [TestCase("--ctorigsrcport 7", "icmp 10.1.0.9 -> 10.1.0.1 in eth0", ExpectedResult = "perhaps")]
    public string Conntrack_keeps_other_things_in_the_place_of_ports(string test, string packet) => Answer(test, packet);

    [Test]
    public void An_ICMP_error_may_say_it() => Assert.That(
        Answer(
            "--ctorigsrc 10.1.0.1",
            "icmp 10.1.0.9 -> 10.1.0.1 in eth0 type destination-unreachable state RELATED ctorig 10.1.0.1 -> 10.1.0.9"),
        Is.EqualTo("yes"));

    /// <remarks>Observed: what a CT rule in raw gives the packet is an entry that conntrack tests look at.</remarks>
    [TestCase("--ctstate NEW", ExpectedResult = "yes")]
    [TestCase("--ctstate INVALID", ExpectedResult = "no")]
    [TestCase("--ctstatus CONFIRMED", ExpectedResult = "yes")]
    [TestCase("--ctdir ORIGINAL", ExpectedResult = "yes")]
    [TestCase("--ctorigdst 10.1.0.1", ExpectedResult = "no")]
    [TestCase("! --ctorigdst 10.1.0.1", ExpectedResult = "yes")]
    [TestCase("--ctorigdst 0.0.0.0", ExpectedResult = "yes")]
    [TestCase("--ctproto tcp", ExpectedResult = "no")]
    public string Behind_CT_raw_sees_its_template(string test)
    {
        var trace = Traced.One(
            $"*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -j CT --zone 3\n-A PREROUTING -m conntrack {test} -j DROP\nCOMMIT\n",
            Original + "state ESTABLISHED");
        return trace.Steps[1].Rule == 2 ? "yes" : "no";
    }

    [Test]
    public void A_mark_given_to_the_template_is_not_the_connections() => Assert.That(
        Traced.Path(
            """
            *raw
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -j CT --zone 3
            -A PREROUTING -j CONNMARK --set-xmark 0x7/0xffffffff
            -A PREROUTING -m connmark --mark 0x7
            COMMIT
            *mangle
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -m connmark --mark 0x7 -j DROP
            COMMIT
            """,
            Original),
        Is.EqualTo("PREROUTING#1 PREROUTING#2 PREROUTING#3 PREROUTING PREROUTING Accept"));

    [Test]
    public void Without_a_connection_CT_speaks_again_in_the_second_half() => Assert.That(
        Traced.Path(
            """
            *raw
            :PREROUTING ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            -A PREROUTING -j CT --notrack
            -A OUTPUT -j CT --ctevents new
            COMMIT
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -m conntrack --ctstate UNTRACKED -j DROP
            COMMIT
            """,
            "tcp 10.1.0.1:1000 -> 10.1.0.1:80 state INVALID flags RST"),
        Is.EqualTo("OUTPUT#1 OUTPUT PREROUTING#1 PREROUTING INPUT#1 Drop"));

    private static string Answer(string test, string packet)
    {
        var traces = Traced.All($"*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -m conntrack {test} -j DROP\nCOMMIT\n", packet);
        return traces.Length > 1 ? "perhaps" : traces[0].Steps[0].Rule == 1 ? "yes" : "no";
    }
}
