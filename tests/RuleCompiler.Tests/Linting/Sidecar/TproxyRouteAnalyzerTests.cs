using NUnit.Framework;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class TproxyRouteAnalyzerTests
{
    private const string Id = "IPT4026";

    private const string Tproxy = """
        *mangle
        :PREROUTING ACCEPT [0:0]
        :ISTIO_DIVERT - [0:0]
        :ISTIO_INBOUND - [0:0]
        :ISTIO_TPROXY - [0:0]
        -A PREROUTING -p tcp -j ISTIO_INBOUND
        -A ISTIO_DIVERT -j MARK --set-xmark 0x539/0xffffffff
        -A ISTIO_DIVERT -j ACCEPT
        -A ISTIO_INBOUND -p tcp -m conntrack --ctstate RELATED,ESTABLISHED -j ISTIO_DIVERT
        -A ISTIO_INBOUND -p tcp -j ISTIO_TPROXY
        -A ISTIO_TPROXY ! -d 127.0.0.1/32 -p tcp -j TPROXY --on-port 15006 --on-ip 0.0.0.0 --tproxy-mark 0x539/0xffffffff
        COMMIT

        """;

    private const string Interfaces = """ "interfaces": [{ "name": "eth0", "addresses": ["10.244.1.7/24"] }], """;
    private const string Way = """{ "destination": "default", "via": "10.244.1.1", "interface": "eth0" }""";
    private const string Local = """{ "type": "local", "destination": "default", "interface": "lo", "table": 133 }""";

    [TestCase("0x539", "133", ExpectedResult = 0)]
    [TestCase("0x53a", "133", ExpectedResult = 1)]
    [TestCase("0x539", "134", ExpectedResult = 1)]
    public int A_rule_for_the_mark_must_lead_to_the_local_route(string mark, string table) => Witnessed.Of(
        Tproxy, Id, Linted.WithHost($$"""{{Interfaces}} "routes": [{{Way}}, {{Local}}], "rules": [{ "mark": "{{mark}}", "table": {{table}} }]""")).Count;

    [Test]
    public void A_host_without_any_rule()
    {
        var finding = Witnessed.Of(Tproxy, Id, Linted.WithHost($"{Interfaces} \"routes\": [{Way}]")).Single();

        Assert.That((finding.Severity, finding.Given.Length), Is.EqualTo((DiagnosticSeverity.Warning, 1)));
    }

    [Test]
    public void Without_facts_nothing_is_known_of_routes() => FindingAssert.ReportsNothing(Tproxy, Id);
}
