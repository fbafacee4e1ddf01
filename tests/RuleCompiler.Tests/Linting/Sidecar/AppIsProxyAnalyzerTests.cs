using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class AppIsProxyAnalyzerTests
{
    private const string Id = "IPT4012";

    [TestCase("""{ "role": "application", "name": "shop", "uid": 1337, "gid": 5 }""", "--uid-owner 1337 -j RETURN")]
    [TestCase("""{ "role": "application", "name": "shop", "uid": 5, "gid": 1337 }""", "--gid-owner 1337 -j RETURN")]
    public void An_application_with_an_id_of_the_proxy(string process, string rule)
    {
        var dump = SidecarDump.Article.ToString();
        var finding = Witnessed.Of(dump, Id, Linted.WithProcesses(process)).Single();

        Assert.Multiple(() =>
        {
            Assert.That(finding.Location.Source.ToString(finding.Location.Span), Does.EndWith(rule));
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Error));
            Assert.That(finding.Given, Has.Length.EqualTo(1));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("accept remote"));
        });
    }

    [Test]
    public void Linkerd_s_user() => FindingAssert.Reports(
        MeshDumps.Linkerd.Marked("--uid-owner 2102"), Id, Linted.WithProcesses("""{ "role": "application", "name": "shop", "uid": 2102, "gid": 5 }"""));

    [TestCase("""{ "role": "application", "name": "shop", "uid": 1000, "gid": 1000 }""")]
    [TestCase("""{ "role": "proxy", "name": "envoy", "uid": 1337, "gid": 1337 }""")]
    public void Others_are_taken_for_who_they_are(string process) =>
        FindingAssert.ReportsNothing(SidecarDump.Today.ToString(), Id, Linted.WithProcesses(process));

    [Test]
    public void An_application_that_is_captured_all_the_same_bypasses_nothing() => FindingAssert.ReportsNothing(
        SidecarDump.Article.Without(4, 7).ToString(), Id, Linted.WithProcesses("""{ "role": "application", "name": "shop", "uid": 1337, "gid": 5 }"""));
}
