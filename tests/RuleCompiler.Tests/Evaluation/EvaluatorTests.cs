using System.Collections.Immutable;
using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Evaluation;

/// <summary>What the recorded traces do not show, each as a network namespace showed it.</summary>
internal sealed class EvaluatorTests
{
    private const string Host = """
        { "interfaces": [ {"name": "lo", "addresses": ["127.0.0.1/8", "::1/128"]},
                          {"name": "eth0", "addresses": ["10.1.0.1/24"]},
                          {"name": "eth1", "addresses": ["10.2.0.1/24"]} ],
          "routes": [ {"destination": "default", "via": "10.2.0.254", "interface": "eth1"} ] }
        """;

    [Test]
    public void Forwarded_packet_still_shows_its_incoming_interface_in_POSTROUTING() => Assert.That(
        Path(
            """
            *mangle
            :PREROUTING ACCEPT [0:0]
            :POSTROUTING ACCEPT [0:0]
            :U - [0:0]
            -A POSTROUTING -j U
            -A U -i eth0 -j ACCEPT
            COMMIT
            """,
            "tcp 10.1.0.9:1000 -> 10.2.0.9:80 in eth0"),
        Is.EqualTo("PREROUTING POSTROUTING#1 U#1"));

    [Test]
    public void Packet_that_pretends_to_come_from_this_host_is_lost_after_PREROUTING()
    {
        var trace = Trace(
            """
            *mangle
            :PREROUTING ACCEPT [0:0]
            :INPUT ACCEPT [0:0]
            COMMIT
            """,
            "tcp 10.2.0.1:1000 -> 10.1.0.1:80 in eth0").Single();

        Assert.That((trace.Verdict, trace.Lost, trace.Delivery), Is.EqualTo((Verdict.Accept, "routing", (Delivery?)null)));
        Assert.That(trace.Steps.Select(s => s.Chain), Is.EqualTo(new[] { "PREROUTING" }));
    }

    [TestCase("udp 127.0.0.1:1000 -> 127.0.0.1:9", ExpectedResult = "masquerade 10.1.0.1:1000")]
    [TestCase("udp 10.2.0.1:1000 -> 127.0.0.1:9", ExpectedResult = "masquerade 10.1.0.1:1000")]
    [TestCase("udp 10.1.0.1:1000 -> 127.0.0.1:9", ExpectedResult = "")]
    public string MASQUERADE_by_lo_takes_the_first_address_of_another_interface(string packet) => string.Join("; ", Trace(
        """
        *nat
        :POSTROUTING ACCEPT [0:0]
        -A POSTROUTING -o lo -j MASQUERADE
        COMMIT
        """,
        packet).Single().Rewrites.Select(r => $"{r.Kind} {r.Source}"));

    [Test]
    public void Nat_table_alone_does_not_switch_tracking_on_and_a_nat_target_does()
    {
        const string Untracked = """{ "interfaces": [ {"name": "eth0", "addresses": ["10.1.0.1/24"]} ], "conntrack": false }""";
        const string Dump = "*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -j LOG\n{0}COMMIT\n";
        const string Packet = "tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0";

        Assert.Multiple(() =>
        {
            Assert.That(Path(Dump.Replace("{0}", "", StringComparison.Ordinal), Packet, Untracked), Is.Empty);
            Assert.That(
                Path(Dump.Replace("{0}", "-A PREROUTING -s 10.9.9.9/32 -j DNAT --to-destination 10.1.0.9\n", StringComparison.Ordinal), Packet, Untracked),
                Is.EqualTo("PREROUTING#1 PREROUTING"));
        });
    }

    [Test]
    public void Random_source_port_is_a_range_that_later_rules_may_or_may_not_match()
    {
        var traces = Trace(
            """
            *nat
            :INPUT ACCEPT [0:0]
            -A INPUT -p udp -j SNAT --to-source 10.1.0.7:2000-2009
            COMMIT
            *security
            :INPUT ACCEPT [0:0]
            -A INPUT -p udp -m udp --sport 1000
            -A INPUT -p udp -m udp --sport 2000:2009
            -A INPUT -p udp -m udp --sport 2004 -j DROP
            COMMIT
            """,
            "udp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0");

        Assert.That(traces.Select(t => string.Join("; ", t.Assumptions)), Is.EqualTo(new[]
        {
            "sport at security:INPUT:3 matches", "sport at security:INPUT:3 does not match",
        }));
        Assert.That(RewriteText.Describe(traces[0].Rewrites[0]), Is.EqualTo("10.1.0.7:2000-2009"));
        Assert.That(traces[0].Steps.Where(s => s.Table == TableKind.Security).Select(s => s.Rule), Is.EqualTo(new int?[] { 2, 3 }));
    }

    [Test]
    public void Target_that_the_compiler_does_not_know_may_go_on_accept_or_drop()
    {
        var traces = Trace(
            """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -j TARPIT
            COMMIT
            """,
            "udp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0");

        Assert.That(
            traces.Select(t => $"{t.Verdict}, {t.Steps.Length}: {t.Assumptions[0]}"),
            Is.EqualTo(new[]
            {
                "Accept, 2: TARPIT at filter:INPUT:1 means continue",
                "Accept, 1: TARPIT at filter:INPUT:1 means accept",
                "Drop, 1: TARPIT at filter:INPUT:1 means drop",
            }));
    }

    [Test]
    public void Assumption_given_fixes_the_outcome()
    {
        Assert.That(Assumption.TryParse("TARPIT at filter:INPUT:1 means drop", out var given), Is.True);
        var compilation = Compile("*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j TARPIT\nCOMMIT\n");

        var traces = new Evaluator(compilation, Family.IPv4, ReadHost(Host)).Trace(
            ReadPacket("udp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0"), new TraceOptions { Assumptions = [given ?? throw new InvalidOperationException()] });

        Assert.That(traces.Select(t => t.Verdict), Is.EqualTo(new[] { Verdict.Drop }));
    }

    [Test]
    public void More_outcomes_than_allowed_are_an_error_and_not_a_guess()
    {
        var rules = string.Concat(Enumerable.Repeat("-A INPUT -j TARPIT\n", 4));
        var compilation = Compile($"*filter\n:INPUT ACCEPT [0:0]\n{rules}COMMIT\n");
        var evaluator = new Evaluator(compilation, Family.IPv4, ReadHost(Host));

        Assert.Throws<EvaluationLimitException>(() => evaluator.Trace(
            ReadPacket("udp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0"), new TraceOptions { MaxOutcomes = 8 }));
    }

    [Test]
    public void Classification_names_the_rule_that_ended_the_last_chain_or_the_policy()
    {
        const string Dump = """
            *filter
            :INPUT DROP [0:0]
            -A INPUT -s 10.1.0.9/32 -j ACCEPT
            COMMIT
            """;
        var evaluator = new Evaluator(Compile(Dump), Family.IPv4, ReadHost(Host));
        var outcomes = new List<Classification>();

        evaluator.Classify(ReadPacket("udp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0"), outcomes);
        Assert.That(outcomes.Select(o => (o.Verdict, o.RuleNumber, o.Line)), Is.EqualTo(new[] { (Verdict.Accept, (int?)1, (int?)3) }));
        evaluator.Classify(ReadPacket("udp 10.1.0.8:1000 -> 10.1.0.1:80 in eth0"), outcomes);
        Assert.That(outcomes.Select(o => (o.Verdict, o.RuleNumber, o.Line)), Is.EqualTo(new[] { (Verdict.Drop, (int?)null, (int?)2) }));
    }

    private static string Path(string dump, string packet, string host = Host) =>
        string.Join(' ', Trace(dump, packet, host).Single().Steps.Select(s => s.Rule is null ? s.Chain : $"{s.Chain}#{s.Rule}"));

    private static ImmutableArray<Trace> Trace(string dump, string packet, string host = Host) =>
        new Evaluator(Compile(dump), Family.IPv4, ReadHost(host)).Trace(ReadPacket(packet));

    private static Compilation Compile(string dump) => Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)));

    private static HostFacts ReadHost(string host) =>
        HostFactsJson.Read(SourceText.From(host)).Facts ?? throw new InvalidDataException(host);

    private static Packet ReadPacket(string packet) =>
        PacketExpression.Parse(SourceText.From(packet)).Packet ?? throw new InvalidDataException(packet);
}
