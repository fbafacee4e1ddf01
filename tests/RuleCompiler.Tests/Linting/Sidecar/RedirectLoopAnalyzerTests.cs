using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class RedirectLoopAnalyzerTests
{
    private const string Id = "IPT4001";

    [Test]
    public void The_proxy_without_its_return()
    {
        var dump = SidecarDump.Article.Without(4, 7).ToString();
        var finding = Witnessed.Of(dump, Id).Single();

        Assert.Multiple(() =>
        {
            Assert.That(finding.RuleNumber, Is.EqualTo(7));
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Error));
            Assert.That(finding.Because.Select(cause => cause.Chain.Name), Is.EqualTo(["ISTIO_REDIRECT"]));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("redirect 127.0.0.1:15001 accept local"));
        });
    }

    [Test]
    public void One_of_user_and_group_is_enough_to_loop() =>
        Assert.That(Witnessed.Of(SidecarDump.Article.Without(4).ToString(), Id).Single().Witness, Does.EndWith("uid 1337 gid 1000"));

    [Test]
    public void Stock_rules_do_not() => FindingAssert.ReportsNothing(SidecarDump.Today.ToString(), Id);

    [Test]
    public void Who_the_proxy_is_must_be_told()
    {
        var finding = Witnessed.One("""
            *nat
            :ISTIO_OUTPUT - [0:0]
            [|-A OUTPUT -p tcp -j ISTIO_OUTPUT|]
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT

            """, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Info));
            Assert.That(finding.Given, Has.Length.EqualTo(1));
        });
    }
}
