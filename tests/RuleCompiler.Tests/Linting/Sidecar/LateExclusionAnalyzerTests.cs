using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class LateExclusionAnalyzerTests
{
    private const string Id = "IPT4014";

    [Test]
    public void A_return_behind_the_jump_to_the_capture()
    {
        var dump = SidecarDump.Today.ToString().With("-A PREROUTING -p tcp -m tcp --dport 22 -j RETURN", "-A OUTPUT").Marked("--dport 22");
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Warning));
            Assert.That(finding.Because.Select(cause => cause.Label), Is.EqualTo(["leads them to port 15006 first"]));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("redirect 10.244.1.7:15006 accept local"));
        });
    }

    [TestCase("-A PREROUTING -i net1 -j RETURN")]
    [TestCase("-A PREROUTING -s 192.0.2.0/24 -p tcp -j RETURN")]
    public void An_interface_or_a_network(string rule) =>
        FindingAssert.Reports(SidecarDump.Today.ToString().With(rule, "-A OUTPUT").Marked(rule), Id);

    [Test]
    public void A_destination_of_what_the_application_sends() => FindingAssert.Reports(
        SidecarDump.Today.ToString().With("-A OUTPUT -d 192.0.2.0/24 -j RETURN", "-A ISTIO_INBOUND").Marked("-A OUTPUT -d 192.0.2.0/24"), Id);

    [Test]
    public void In_time_it_excludes() => FindingAssert.ReportsNothing(
        SidecarDump.Today.ToString().With("-A PREROUTING -p tcp -m tcp --dport 22 -j RETURN", "-A PREROUTING"), Id);

    [TestCaseSource(typeof(MeshDumps), nameof(MeshDumps.Names))]
    public void Stock_rules_exclude_in_time(string mesh) => FindingAssert.ReportsNothing(MeshDumps.Of(mesh), Id);
}
