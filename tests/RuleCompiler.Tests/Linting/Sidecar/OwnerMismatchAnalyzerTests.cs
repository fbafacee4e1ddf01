using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class OwnerMismatchAnalyzerTests
{
    private const string Id = "IPT4011";

    private const string Other = """{ "role": "proxy", "name": "envoy", "uid": 0, "gid": 0 }""";

    [Test]
    public void The_proxy_runs_as_a_user_that_no_rule_names()
    {
        var dump = SidecarDump.Today.ToString();
        var finding = Witnessed.Of(dump, Id, Linted.WithProcesses(Other)).Single();

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Error));
            Assert.That(finding.Given, Is.EqualTo(["envoy runs as uid 0 gid 0"]));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("redirect 127.0.0.1:15001 accept local"));
        });
    }

    [TestCase("""{ "role": "proxy", "name": "envoy", "uid": 1337, "gid": 1337 }""")]
    [TestCase("""{ "role": "proxy", "name": "envoy", "uid": 5, "gid": 1337 }""")]
    [TestCase("""{ "role": "application", "name": "shop", "uid": 5, "gid": 5 }""")]
    public void One_of_its_ids_is_enough(string process) =>
        FindingAssert.ReportsNothing(SidecarDump.Today.ToString(), Id, Linted.WithProcesses(process));

    [Test]
    public void Without_facts_nothing_is_known_of_it() => FindingAssert.ReportsNothing(SidecarDump.Today.ToString(), Id);

    [Test]
    public void Tables_that_name_different_users() => FindingAssert.Reports("""
        *raw
        :OUTPUT ACCEPT [0:0]
        [|-A OUTPUT -p udp -m udp --dport 53 -m owner --uid-owner 5679 -j CT --zone 1|]
        COMMIT

        """ + MeshDumps.Kuma, Id);
}
