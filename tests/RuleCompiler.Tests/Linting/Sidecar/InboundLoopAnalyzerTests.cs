using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class InboundLoopAnalyzerTests
{
    private const string Id = "IPT4002";

    [Test]
    public void Without_the_return_for_the_passthrough_source()
    {
        var dump = SidecarDump.Today.Without(1).ToString().Marked("-A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo");
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Error));
            Assert.That(finding.Witness, Does.StartWith("tcp 127.0.0.6:40000 -> 10.244.1.7:8080"));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("redirect 127.0.0.1:15006 accept local"));
            Assert.That(finding.Properties.Single().Value, Is.EqualTo("Envoy 15006 -> application -> Envoy 15006"));
        });
    }

    [Test]
    public void Under_TPROXY_without_the_return_for_its_mark()
    {
        const string dump = """
            *mangle
            :PREROUTING ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            [|-A PREROUTING -p tcp -j ISTIO_INBOUND|]
            {0}
            -A ISTIO_INBOUND -p tcp -j TPROXY --on-port 15006 --on-ip 0.0.0.0 --tproxy-mark 0x539/0xffffffff
            COMMIT
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT

            """;

        Assert.Multiple(() =>
        {
            FindingAssert.Reports(dump.Without("{0}"), Id);
            FindingAssert.ReportsNothing(
                dump.Replace("{0}", "-A ISTIO_INBOUND -i lo -m mark --mark 0x539 -j RETURN\n-A ISTIO_INBOUND -s 127.0.0.6/32 -i lo -j RETURN", StringComparison.Ordinal)
                    .Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal),
                Id);
        });
    }

    [Test]
    public void Kuma_without_its_return() =>
        FindingAssert.Reports(MeshDumps.Kuma.Without("-s 127.0.0.6/32").Marked("-A KUMA_MESH_OUTBOUND ! -d 127.0.0.1/32 -o lo"), Id);

    [Test]
    public void Stock_rules_do_not_loop() => FindingAssert.ReportsNothing(SidecarDump.Article.ToString(), Id);
}
