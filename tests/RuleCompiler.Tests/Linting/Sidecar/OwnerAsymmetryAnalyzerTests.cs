using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class OwnerAsymmetryAnalyzerTests
{
    private const string Id = "IPT4010";

    [Test]
    public void It_is_off_unless_asked_for() => Assert.That(
        Linter.Run(Linted.Compile(SidecarDump.Today.ToString())).Findings.Select(finding => finding.Id), Does.Not.Contain(Id));

    [Test]
    public void In_Istio_s_rules_the_group_alone_is_treated_otherwise_over_lo()
    {
        var finding = Witnessed.Of(SidecarDump.Today.ToString(), Id).Single();

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Info));
            Assert.That(finding.Chain?.Name, Is.EqualTo("ISTIO_OUTPUT"));
            Assert.That(finding.Properties.Single(property => property.Key == "regions").Value, Does.Contain("out lo"));
        });
    }

    [TestCase("Linkerd")]
    [TestCase("Kuma")]
    [TestCase("Istio ambient")]
    public void A_mesh_that_asks_for_users_only_has_no_groups_to_differ(string mesh) => FindingAssert.ReportsNothing(MeshDumps.Of(mesh), Id);
}
