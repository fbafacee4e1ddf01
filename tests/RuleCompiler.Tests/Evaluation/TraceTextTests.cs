using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class TraceTextTests
{
    private const string Dump = """
        *nat
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :POSTROUTING ACCEPT [0:0]
        :CAPTURE - [0:0]
        -A OUTPUT -p tcp -j CAPTURE
        [12:720] -A CAPTURE -o lo -m owner ! --uid-owner 1337 -j RETURN
        -A CAPTURE -m owner --uid-owner 1337 -j RETURN
        -A CAPTURE -p tcp -j REDIRECT --to-ports 15001
        COMMIT
        *filter
        :INPUT ACCEPT [0:0]
        :OUTPUT DROP [0:0]
        -A INPUT -i lo -m comment --comment "the proxy's own" -j ACCEPT
        -A OUTPUT -p tcp -m tcp --dport 25 -j REJECT --reject-with tcp-reset
        -A OUTPUT -d 10.9.0.0/16 -m limit --limit 5/min -j LOG --log-prefix "a rule that is far longer than the column is wide"
        -A OUTPUT -p tcp -j ACCEPT
        COMMIT
        *mangle
        :OUTPUT ACCEPT [0:0]
        -A OUTPUT -m owner --uid-owner 7 -j MARK --set-xmark 0x5/0xffffffff
        COMMIT

        """;

    private static readonly HostFacts Host = new()
    {
        Interfaces =
        [
            HostInterface.Loopback,
            new("eth0", [new(new(Family.IPv4, 0x0AF40107), 24)]),
        ],
        Routes = [new(Family.IPv4, null, new IpAddress(Family.IPv4, 0x0AF40101), "eth0")],
    };

    [Test]
    public void A_redirected_packet_loops_back() => Verify("tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000 gid 1000");

    [Test]
    public void A_rejected_packet() => Verify("tcp 10.244.1.7:40000 -> 10.0.0.9:25 uid 1337 gid 1337");

    [Test]
    public void A_mark_and_a_policy_that_drops() => Verify("udp 10.244.1.7:40000 -> 10.0.0.9:53 uid 7 gid 7");

    [Test]
    public void Each_outcome_of_an_unknown() => Verify("tcp 10.244.1.7:40000 -> 10.9.0.1:80 uid 1337 gid 1337");

    [Test]
    public void Rules_passed_by() => Verify(
        "tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1337 gid 1337", new TraceOptions { IncludesPassedRules = true });

    [Test]
    public void Policies_are_steps_too() => Verify("tcp 10.0.0.9:40000 -> 10.0.0.10:80 in eth0");

    [Test]
    public void A_packet_that_meets_no_rule()
    {
        var (packet, _) = PacketExpression.Parse(SourceText.From("udp [fd00::7]:5353 -> [fd00::9]:53 in eth0"));
        ImmutableArray<Trace> traces =
            packet is null ? [] : new Evaluator(CompiledRuleset.CreateEmpty(Family.IPv6), Host).Trace(packet);

        Assert.That(new TraceText(null).Write(traces), Does.Contain("\n  meets no rule\n"));
    }

    private static void Verify(string packet, TraceOptions? options = null, [CallerMemberName] string name = "")
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(Dump)));
        var (parsed, problems) = PacketExpression.Parse(SourceText.From(packet));
        Assert.That(compilation.Diagnostics.Concat(problems), Is.Empty);
        ImmutableArray<Trace> traces = parsed is null ? [] : new Evaluator(compilation, Family.IPv4, Host).Trace(parsed, options);
        Snapshot.Verify(new TraceText(compilation.GetRuleset(Family.IPv4)).Write(traces), method: name);
    }
}
