using NUnit.Framework;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Flows;

/// <summary>How the flows fare under the article's rules, today's, and with rules taken out or misplaced.</summary>
internal sealed class FlowAnalysisTests
{
    /// <summary>Statuses of flows 1 to 6 (and 7, 8 with names captured): ok, differs, broken, absent.</summary>
    private static IEnumerable<TestCaseData> Dumps =>
    [
        new TestCaseData(SidecarDump.Article, "oododd") { TestName = "The article's nine rules" },
        new TestCaseData(SidecarDump.Today, "oododd") { TestName = "Today's default" },
        new TestCaseData(SidecarDump.Dns, "oododdoo") { TestName = "Names captured" },
        new TestCaseData(SidecarDump.Article.Without(4), "oddodd") { TestName = "Without rule 4, rule 7 spares the proxy" },
        new TestCaseData(SidecarDump.Article.Without(4, 7), "obdoob") { TestName = "Without rules 4 and 7" },
        new TestCaseData(SidecarDump.Article.Without(1), "bodbdd") { TestName = "Without rule 1" },
        new TestCaseData(SidecarDump.Article.Without(1, 2), "dodddd") { TestName = "Without rules 1 and 2" },
        new TestCaseData(SidecarDump.Article.Without(9), "obdbdd") { TestName = "Without the last redirect" },
        new TestCaseData(SidecarDump.Article.WithLastAt(4), "obdobb") { TestName = "The redirect before the owner rules" },
        new TestCaseData(SidecarDump.Article with { InboundPort = "15001" }, "bodbdd") { TestName = "Arrivals led to the outbound port" },
        new TestCaseData(SidecarDump.Article with { Inbound = SidecarDump.Article.Inbound[..^1] }, "boaodd")
        {
            TestName = "Arrivals that only return",
        },
        new TestCaseData(SidecarDump.Article with { Inbound = [] }, "aoaodd") { TestName = "Arrivals not captured" },
    ];

    [TestCaseSource(nameof(Dumps))]
    public void Statuses(SidecarDump dump, string expected) =>
        Assert.That(SidecarDump.Statuses(dump.Analyze()), Is.EqualTo(expected));

    [Test]
    public void Paths_name_the_rules_that_decide() => Assert.That(
        SidecarDump.Article.Analyze().Flows.Select(flow => flow.Path),
        Is.EqualTo(
        [
            "PREROUTING > ISTIO_INBOUND#3 > ISTIO_IN_REDIRECT#1 > Envoy 15006 > OUTPUT > ISTIO_OUTPUT#1 > POSTROUTING > Local Pod",
            "OUTPUT > ISTIO_OUTPUT#9 > ISTIO_REDIRECT#1 > Envoy 15001 > OUTPUT > ISTIO_OUTPUT#4 > POSTROUTING > Remote Pod",
            "PREROUTING > ISTIO_INBOUND#2 > INPUT > Local Pod",
            "OUTPUT > ISTIO_OUTPUT#9 > ISTIO_REDIRECT#1 > Envoy 15001 > OUTPUT > ISTIO_OUTPUT#2 > ISTIO_IN_REDIRECT#1 > "
                + "Envoy 15006 > OUTPUT > ISTIO_OUTPUT#1 > POSTROUTING > Local Pod",
            "Envoy process (localhost) > OUTPUT > ISTIO_OUTPUT#4 > POSTROUTING > Envoy process (localhost)",
            "pilot-agent > OUTPUT > ISTIO_OUTPUT#4 > POSTROUTING > Istiod",
        ]));

    [TestCase(5, "ISTIO_OUTPUT#4 (-m owner --uid-owner 1337 -j RETURN) decides; it comes before the article's rule 8 (ISTIO_OUTPUT#8)")]
    [TestCase(6, "ISTIO_OUTPUT#4 (-m owner --uid-owner 1337 -j RETURN) decides; it comes before the article's rule 9 (ISTIO_OUTPUT#9)")]
    public void A_difference_names_the_rule_and_the_article_s(int number, string note) =>
        Assert.That(SidecarDump.Article.Analyze().Flows[number - 1].Note, Does.EndWith(note));

    [Test]
    public void A_loop_shows_each_connection_once()
    {
        var flow = SidecarDump.Article.Without(4, 7).Analyze().Flows[1];

        Assert.Multiple(() =>
        {
            Assert.That(flow.Legs.Select(leg => $"{leg.From} -> {leg.To}"),
                Is.EqualTo(["Local Pod -> Envoy 15001", "Envoy -> Envoy 15001"]));
            Assert.That(flow.Path, Does.EndWith("Envoy 15001 > loop"));
            Assert.That(flow.Note, Does.StartWith("redirect loop: ISTIO_OUTPUT#7 (-j ISTIO_REDIRECT)"));
        });
    }

    [Test]
    public void A_lost_redirect_is_told_with_its_chain() => Assert.That(
        SidecarDump.Article.Without(9).Analyze().Flows[1].Note,
        Is.EqualTo("missing redirect: ISTIO_REDIRECT leads to Envoy 15001, but nothing in OUTPUT leads to ISTIO_REDIRECT"));

    [Test]
    public void A_dump_of_two_families_has_the_flows_of_both()
    {
        var ipv4 = SidecarDump.Today.ToString();
        var ipv6 = ipv4.Replace("127.0.0.6/32", "::6/128", StringComparison.Ordinal)
            .Replace("127.0.0.1/32", "::1/128", StringComparison.Ordinal);

        Assert.That(SidecarDump.Analyze(ipv4 + ipv6).Select(SidecarDump.Statuses), Is.EqualTo(["oododd", "oododd"]));
    }

    [Test]
    public void A_host_given_for_one_family_serves_the_other_too()
    {
        var ipv6 = SidecarDump.Today.ToString().Replace("127.0.0.6/32", "::6/128", StringComparison.Ordinal)
            .Replace("127.0.0.1/32", "::1/128", StringComparison.Ordinal);
        var host = new HostFacts { Interfaces = [HostInterface.Loopback, new("eth0", [new(new(Family.IPv4, 0x0A000001), 24)])] };

        Assert.That(SidecarDump.Analyze(ipv6, host).Select(SidecarDump.Statuses), Is.EqualTo(["oododd"]));
    }

    [TestCase("*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n", TestName = "A firewall")]
    [TestCase("*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080\nCOMMIT\n",
        TestName = "A redirect that spares nobody")]
    public void No_sidecar(string dump) => Assert.That(SidecarDump.Analyze(dump), Is.Empty);

    [Test]
    public void No_stock_dump_is_broken()
    {
        var folder = SharedData.Require("corpora/istio--istio/loaded");
        var broken = Directory.EnumerateFiles(folder, "*.save", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(path => SidecarDump.Analyze(File.ReadAllText(path))
                .SelectMany(a => a.Flows)
                .Where(flow => flow.Status == FlowStatus.Broken)
                .Select(flow => $"{Path.GetRelativePath(folder, path)}: {flow.Definition.Number} {flow.Note}"));

        Assert.That(broken, Is.Empty);
    }
}
