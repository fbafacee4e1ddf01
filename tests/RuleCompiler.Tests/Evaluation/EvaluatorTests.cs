using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class EvaluatorTests
{
    private const string UnknownTarget = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j TARPIT\nCOMMIT\n";
    private const string Arriving = "udp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0";

    [Test]
    public void Target_that_the_compiler_does_not_know_may_go_on_accept_or_drop() => Assert.That(
        Traced.All(UnknownTarget, Arriving).Select(t => $"{Traced.Path(t)}, {t.Assumptions[0]}"),
        Is.EqualTo(new[]
        {
            "INPUT#1 INPUT Accept, TARPIT at filter:INPUT:1 means continue",
            "INPUT#1 Accept, TARPIT at filter:INPUT:1 means accept",
            "INPUT#1 Drop, TARPIT at filter:INPUT:1 means drop",
        }));

    [TestCase("TARPIT at filter:INPUT:1 means drop", ExpectedResult = "INPUT#1 Drop")]
    [TestCase("TARPIT at filter:INPUT:1 means continue", ExpectedResult = "INPUT#1 INPUT Accept")]
    public string Assumption_given_fixes_the_outcome(string text)
    {
        Assert.That(Assumption.TryParse(text, out var given), Is.True);
        var options = new TraceOptions { Assumptions = [given ?? throw new InvalidOperationException()] };

        return Traced.Path(Traced.All(UnknownTarget, Arriving, options: options).Single());
    }

    [Test]
    public void More_outcomes_than_allowed_are_an_error_and_not_a_guess()
    {
        var dump = $"*filter\n:INPUT ACCEPT [0:0]\n{string.Concat(Enumerable.Repeat("-A INPUT -j TARPIT\n", 4))}COMMIT\n";

        var error = Assert.Throws<EvaluationLimitException>(
            () => Traced.All(dump, Arriving, options: new TraceOptions { MaxOutcomes = 8 }));
        Assert.That(error.Message, Does.StartWith("The packet has more than 8 possible outcomes, which hang on TARPIT at filter:INPUT:1 and others"));
    }

    [TestCase("10.1.0.8", ExpectedResult = "INPUT Accept")]
    [TestCase("10.1.0.9", ExpectedResult = null)]
    public string? Certain_trace_is_that_of_a_packet_with_one_outcome(string source)
    {
        var evaluator = new Evaluator(
            Traced.Compile(UnknownTarget.Replace("-j", "-s 10.1.0.9/32 -j", StringComparison.Ordinal)), Family.IPv4, Traced.ReadHost(Traced.Host));

        return evaluator.TraceCertain(Traced.Packet($"udp {source}:1000 -> 10.1.0.1:80 in eth0")) is { } trace ? Traced.Path(trace) : null;
    }

    [Test]
    public void Packet_of_the_other_family_is_refused() => Assert.Throws<ArgumentException>(
        () => new Evaluator(Traced.Compile(UnknownTarget), Family.IPv4, Traced.ReadHost(Traced.Host))
            .Trace(Traced.Packet("udp [fd00:1::9]:1000 -> [fd00:1::1]:80 in eth0")));

    [Test]
    public void One_evaluator_serves_many_packets()
    {
        const string Dump = "*mangle\n:INPUT ACCEPT [0:0]\n-A INPUT -s 10.1.0.9/32 -j MARK --set-xmark 0x1/0xffffffff\n"
            + "-A INPUT -m mark --mark 0x1 -j DROP\nCOMMIT\n";
        var evaluator = new Evaluator(Traced.Compile(Dump), Family.IPv4, Traced.ReadHost(Traced.Host));

        Assert.That(
            new[] { Arriving, "udp 10.1.0.8:1000 -> 10.1.0.1:80 in eth0", Arriving }
                .Select(p => Traced.Path(evaluator.Trace(Traced.Packet(p)).Single())),
            Is.EqualTo(new[] { "INPUT#1 INPUT#2 Drop", "INPUT Accept", "INPUT#1 INPUT#2 Drop" }));
    }

    [TestCase("udp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0", ExpectedResult = "Accept filter:INPUT 1 line 3")]
    [TestCase("udp 10.1.0.8:1000 -> 10.1.0.1:80 in eth0", ExpectedResult = "Drop filter:INPUT  line 2")]
    [TestCase("udp 10.1.0.8:1000 -> 10.2.0.9:80 in eth0", ExpectedResult = "Accept   line ")]
    public string Classification_names_the_rule_that_ended_the_last_chain_or_the_policy(string packet)
    {
        const string Dump = "*filter\n:INPUT DROP [0:0]\n-A INPUT -s 10.1.0.9/32 -j ACCEPT\nCOMMIT\n";
        var outcomes = new List<Classification>();
        new Evaluator(Traced.Compile(Dump), Family.IPv4, Traced.ReadHost(Traced.Host)).Classify(Traced.Packet(packet), outcomes);

        var only = outcomes.Single();
        return $"{only.Verdict} {only.Chain} {only.RuleNumber} line {only.Line}";
    }

    [Test]
    public void Delivery_says_where_the_packet_ends()
    {
        const string Dump = "*nat\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -p tcp -j REDIRECT --to-ports 15001\nCOMMIT\n";

        Assert.Multiple(() =>
        {
            Assert.That(
                Traced.One(Dump, "tcp 10.1.0.1:1000 -> 10.9.0.1:80 uid 1000").Delivery?.ToString(),
                Is.EqualTo("Delivery { To = local, Interface = lo, Destination = 127.0.0.1:15001 }"));
            Assert.That(
                Traced.One(Dump, "udp 10.1.0.1:1000 -> 10.9.0.1:80 uid 1000").Delivery?.ToString(),
                Is.EqualTo("Delivery { To = remote, Interface = eth1, Destination = 10.9.0.1:80 }"));
            Assert.That(Traced.One(Dump, "tcp 10.1.0.9:1000 -> 127.0.0.1:80 in eth0").Delivery, Is.Null);
        });
    }
}
