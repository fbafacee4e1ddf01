using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class SelfCallBypassAnalyzerTests
{
    private const string Id = "IPT4008";

    [Test]
    public void Without_the_rule_that_captures_self_calls()
    {
        var dump = SidecarDump.Today.Without(2, 5).ToString().Marked("--uid-owner 1337 -j RETURN\n".TrimEnd());
        var finding = Witnessed.Of(SidecarDump.Today.Without(2, 5).ToString(), Id).Single();

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Warning));
            Assert.That(finding.Witness, Does.Contain("-> 10.244.1.7:8080 out lo uid 1337"));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("accept local"));
        });
    }

    [TestCase("-A KUMA_MESH_OUTBOUND ! -d 127.0.0.1/32 -o lo")]
    public void Kuma_without_its_rule(string words) =>
        Assert.That(Witnessed.Of(MeshDumps.Kuma.Without(words), Id), Has.Count.EqualTo(1));

    [Test]
    public void Linkerd_leaves_self_calls_alone_on_purpose() => FindingAssert.ReportsNothing(MeshDumps.Linkerd, Id);

    [TestCaseSource(typeof(MeshDumps), nameof(MeshDumps.Names))]
    public void Stock_rules_capture_them_where_they_mean_to(string mesh) => FindingAssert.ReportsNothing(MeshDumps.Of(mesh), Id);
}
