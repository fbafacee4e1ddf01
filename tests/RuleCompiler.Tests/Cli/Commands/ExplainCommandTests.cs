using NUnit.Framework;

namespace RuleCompiler.Tests.Cli.Commands;

internal sealed class ExplainCommandTests
{
    [Test]
    public void One_diagnostic_is_explained_with_its_example() => Snapshot.Verify(RulecRun.Of("explain", "ipt2011").Output);

    [Test]
    public void Without_an_id_all_are_listed_in_order()
    {
        var run = RulecRun.Of("explain");
        var ids = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..7]).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(ids, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
            Assert.That(ids, Has.Member("IPT1001").And.Member("IPT2011").And.Member("IPT9001"));
        });
    }

    [Test]
    public void An_unknown_id_is_an_error()
    {
        var run = RulecRun.Of("explain", "IPT0000");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Errors, Is.EqualTo("rulec: No diagnostic 'IPT0000'; 'rulec explain' lists all\n"));
        });
    }

    [Test]
    public void A_check_is_explained_by_its_name() =>
        Assert.That(RulecRun.Of("explain", "shadowed").Output, Is.EqualTo(RulecRun.Of("explain", "IPT3002").Output)
            .And.StartsWith("IPT3002, info: ").And.Contains(" (shadowed)\n"));

    [Test]
    public void Those_that_begin_alike_are_listed() =>
        Assert.That(RulecRun.Of("explain", "IPT400").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has
            .Length.GreaterThan(1).And.All.StartsWith("IPT400"));

    [Test]
    public void A_misspelt_name_gets_a_suggestion() => Assert.That(
        RulecRun.Of("explain", "shadowd").Errors,
        Is.EqualTo("rulec: No diagnostic 'shadowd'; 'rulec explain' lists all; did you mean 'shadowed'?\n"));
}
