using NUnit.Framework;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class ProbeCapturedAnalyzerTests
{
    private const string Id = "IPT4025";

    private const string Accept = "-A ISTIO_PRERT -s 169.254.7.127/32";

    [Test]
    public void Without_the_accept_for_probes()
    {
        var dump = MeshDumps.Ambient.Without(Accept).Marked("-j REDIRECT --to-ports 15006");
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Error));
            Assert.That(finding.Witness, Does.StartWith("tcp 169.254.7.127:40000 -> 10.244.1.7:8080 in eth0"));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("redirect 10.244.1.7:15006 accept local"));
        });
    }

    [Test]
    public void With_the_accept_behind_the_redirect() => FindingAssert.Reports(
        MeshDumps.Ambient.Without(Accept).Replace("--to-ports 15006\n", $"--to-ports 15006\n{Accept} -p tcp -m tcp -j ACCEPT\n", StringComparison.Ordinal)
            .Marked("-j REDIRECT --to-ports 15006"), Id);

    [Test]
    public void Rules_that_know_no_probes_may_have_none() => Assert.That(
        Witnessed.Of(MeshDumps.Ambient.Without("169.254.7.127"), Id).Select(finding => (finding.Severity, finding.Given.Length)),
        Is.EqualTo([(DiagnosticSeverity.Info, 1)]));

    [Test]
    public void Probes_with_a_source_of_the_operator_s_choice() =>
        FindingAssert.ReportsNothing(MeshDumps.Ambient.Replace("169.254.7.127", "169.254.9.9", StringComparison.Ordinal), Id);

    [TestCaseSource(typeof(MeshDumps), nameof(MeshDumps.Names))]
    public void Stock_rules_spare_them(string mesh) => FindingAssert.ReportsNothing(MeshDumps.Of(mesh), Id);
}
