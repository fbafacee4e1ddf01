using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class DnsLoopAnalyzerTests
{
    private const string Id = "IPT4018";

    private const string ResolverLoop = "IPT4019";

    [Test]
    public void Names_redirected_before_the_proxy_returns()
    {
        var dump = SidecarDump.Dns.ToString()
            .With("-A ISTIO_OUTPUT -d 10.96.0.10/32 -p udp -m udp --dport 53 -j REDIRECT --to-ports 15053", "-A ISTIO_OUTPUT -s 127.0.0.6")
            .Marked("-A ISTIO_OUTPUT -d 10.96.0.10/32");
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Error));
            Assert.That(finding.Witness, Does.StartWith("udp 10.244.1.7:40000 -> 10.96.0.10:53 uid 1337"));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("redirect 127.0.0.1:15053 accept local"));
        });
    }

    [Test]
    public void Kuma_without_its_return() => FindingAssert.Reports(
        MeshDumps.Kuma.Without("-A OUTPUT -p udp -m udp --dport 53 -m owner").Marked("-A OUTPUT -p udp -m udp --dport 53 -j REDIRECT"), Id);

    [Test]
    public void In_time_the_proxy_returns() => FindingAssert.ReportsNothing(SidecarDump.Dns.ToString(), Id);

    [Test]
    public void A_resolver_of_the_pod_that_asks_the_agent_that_asks_it()
    {
        var options = Linted.WithProcesses("""{ "role": "resolver", "name": "dnsmasq", "uid": 101, "gid": 101 }""");
        var dump = SidecarDump.Dns.ToString();
        var finding = Witnessed.Of(dump, ResolverLoop, options).Single();

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Error));
            Assert.That(finding.Given, Is.EqualTo(["dnsmasq resolves names, and runs as uid 101 gid 101"]));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("redirect 127.0.0.1:15053 accept local"));
        });
    }

    [TestCase("""{ "role": "resolver", "name": "coredns", "uid": 1337, "gid": 1337 }""")]
    [TestCase("""{ "role": "application", "name": "shop", "uid": 101, "gid": 101 }""")]
    public void Who_is_no_resolver_or_is_the_agent_s_user_does_not_loop(string process) =>
        FindingAssert.ReportsNothing(SidecarDump.Dns.ToString(), ResolverLoop, Linted.WithProcesses(process));

    [Test]
    public void A_resolver_whose_user_returns_first() => FindingAssert.ReportsNothing(
        SidecarDump.Dns.ToString().With("-A ISTIO_OUTPUT -m owner --uid-owner 101 -j RETURN", "-A ISTIO_OUTPUT -s 127.0.0.6"),
        ResolverLoop,
        Linted.WithProcesses("""{ "role": "resolver", "name": "dnsmasq", "uid": 101, "gid": 101 }"""));
}
