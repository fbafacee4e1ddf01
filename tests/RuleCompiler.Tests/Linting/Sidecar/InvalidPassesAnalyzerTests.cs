using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class InvalidPassesAnalyzerTests
{
    private const string Id = "IPT4024";

    [Test]
    public void Stock_rules_let_them_pass()
    {
        var dump = SidecarDump.Today.ToString().Marked("-A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT");
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Info));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("accept local"));
        });
    }

    [TestCase("""
        *mangle
        :PREROUTING ACCEPT [0:0]
        -A PREROUTING -m conntrack --ctstate INVALID -j DROP
        COMMIT

        """)]
    [TestCase("""
        *filter
        :INPUT ACCEPT [0:0]
        -A INPUT -p tcp -m conntrack --ctstate INVALID -j DROP
        COMMIT

        """)]
    public void Dropped_they_do_not(string drops) => FindingAssert.ReportsNothing(drops + SidecarDump.Today, Id);

    [Test]
    public void A_dump_without_inbound_capture_has_nothing_to_pass_by() =>
        FindingAssert.ReportsNothing(SidecarDump.Today.ToString().Without("-A PREROUTING"), Id);
}
