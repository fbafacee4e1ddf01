using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class ShadowedProxyUidAnalyzerTests
{
    private const string Id = "IPT4009";

    private const string TwoUsers = """
        *nat
        :OUTPUT ACCEPT [0:0]
        :ISTIO_OUTPUT - [0:0]
        :ISTIO_IN_REDIRECT - [0:0]
        :ISTIO_REDIRECT - [0:0]
        -A OUTPUT -j ISTIO_OUTPUT
        -A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 3 -j ISTIO_IN_REDIRECT
        -A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 3 -j RETURN
        -A ISTIO_OUTPUT -m owner --uid-owner 3 -j RETURN
        -A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 4 -j ISTIO_IN_REDIRECT
        -A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 4 -j RETURN
        -A ISTIO_OUTPUT -m owner --uid-owner 4 -j RETURN
        -A ISTIO_OUTPUT -j ISTIO_REDIRECT
        -A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15006
        -A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001
        COMMIT

        """;

    [Test]
    public void The_second_user_is_spared_by_the_rule_for_the_first()
    {
        var dump = TwoUsers.Marked("--uid-owner 4 -j ISTIO_IN_REDIRECT");
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Warning));
            Assert.That(finding.Because.Select(cause => cause.RuleNumber), Is.EqualTo([2]));
            Assert.That(finding.Witness, Does.Contain("uid 4 "));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("accept local"));
        });
    }

    [Test]
    public void That_the_rule_is_shadowed_is_said_once() => Assert.That(
        Linter.Run(Linted.Compile(TwoUsers), new LintOptions { Selected = ["IPT3001", Id] }).Findings.Select(finding => finding.Id),
        Is.EqualTo([Id]));

    [Test]
    public void Rules_that_capture_before_those_that_spare() => FindingAssert.ReportsNothing(
        TwoUsers.Without("--uid-owner 4 -j ISTIO_IN").With(
            "-A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 4 -j ISTIO_IN_REDIRECT", "-A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 3"),
        Id);

    [Test]
    public void One_user_shadows_nobody() => FindingAssert.ReportsNothing(SidecarDump.Today.ToString(), Id);
}
