using NUnit.Framework;
using RuleCompiler.Linting;
using RuleCompiler.Linting.Fixing;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Linting.Fixing;

internal sealed class DumpFixerTests
{
    private const string Dump = "# kept\r\n*filter\r\n:INPUT ACCEPT [1:2]\r\n[3:4]  -A INPUT   -p udp -j DROP\r\n# kept too\r\n-A INPUT -p tcp -j DROP\r\n\r\n[5:6] -A INPUT -j ACCEPT\r\n-A INPUT -p icmp -j DROP\r\nCOMMIT";

    [Test]
    public void What_is_proven_is_done_and_the_rest_of_the_bytes_stays()
    {
        var result = Fix(Dump, (_, _) => true);

        Assert.Multiple(() =>
        {
            Assert.That(Text(result), Is.EqualTo("# kept\r\n*filter\r\n:INPUT ACCEPT [1:2]\r\n# kept too\r\n\r\n[5:6] -A INPUT -j ACCEPT\r\nCOMMIT"));
            Assert.That(result.Fixed.Select(finding => finding.Location.Start.Line), Is.EqualTo([4, 6, 9]));
            Assert.That(result.Refused, Is.Empty);
            Assert.That(result.Result.Findings, Is.Empty);
        });
    }

    [Test]
    public void What_is_not_proven_is_not_done()
    {
        var result = Fix(Dump, (_, _) => false);

        Assert.Multiple(() =>
        {
            Assert.That(result.HasChanges, Is.False);
            Assert.That(result.Refused, Has.Length.EqualTo(3));
        });
    }

    [TestCase("-p udp")]
    [TestCase("-p tcp")]
    [TestCase("-p icmp")]
    public void One_that_is_not_proven_keeps_no_other_back(string needed)
    {
        var result = Fix(Dump, (_, after) => after.Contains(needed, StringComparison.Ordinal));

        Assert.Multiple(() =>
        {
            Assert.That(result.Fixed, Has.Length.EqualTo(2));
            Assert.That(result.Refused, Has.Length.EqualTo(1));
            Assert.That(Text(result).Split('\n').Count(line => line.Contains("DROP", StringComparison.Ordinal)), Is.EqualTo(1));
        });
    }

    [Test]
    public void Of_two_that_need_each_other_one_is_done()
    {
        var result = Fix(Dump, (_, after) => after.Contains("-p udp", StringComparison.Ordinal) || after.Contains("-p tcp", StringComparison.Ordinal));

        Assert.That(result.Fixed, Has.Length.EqualTo(2));
    }

    [Test]
    public void What_leans_on_a_rule_that_goes_is_not_tried_beside_it()
    {
        const int Pairs = 40;
        var rules = Enumerable.Range(1, Pairs).Select(host => $"-A INPUT -s 192.0.2.{host}/32 -j ACCEPT\n");
        var proofs = 0;

        var result = new DumpFixer(AnalyzerCatalog.All, Proof, CancellationToken.None).Run(
            new LintInput(Linted.Compile($"*filter\n:INPUT DROP [0:0]\n{string.Concat(rules.Concat(rules))}COMMIT\n"), LintOptions.Default),
            finding => finding.Id is "IPT3005" or "IPT3011");

        Assert.That((result.Fixed.Length, result.Refused.Length, proofs), Is.EqualTo((Pairs, 0, 1)));

        bool Proof(Compilation before, Compilation after, CancellationToken cancellation)
        {
            proofs++;
            return FixProof.IsEquivalent(before, after, cancellation);
        }
    }

    [Test]
    public void An_edit_after_which_the_dump_has_errors_is_not_done()
    {
        var declaration = new Linted.Analyzer(context =>
        [
            Linted.At(context, Linted.Drops(context).First()) with
            {
                Fix = new Fix("remove the chain's line", [new TextChange(new TextSpan("*filter\n".Length, ":own - [0:0]\n".Length), "")], KeepsBehaviour: true),
            },
        ]);

        var result = new DumpFixer([declaration], (_, _, _) => true, CancellationToken.None)
            .Run(new LintInput(Linted.Compile("*filter\n:own - [0:0]\n:INPUT ACCEPT [0:0]\n-A own -j DROP\n-A INPUT -j own\nCOMMIT\n"), LintOptions.Default), _ => true);

        Assert.That((result.HasChanges, result.Refused.Length), Is.EqualTo((false, 1)));
    }

    [Test]
    public void What_is_not_wanted_suppressed_or_changes_behaviour_is_not_tried()
    {
        var dump = Dump.Replace("-p udp -j", "-p udp -m comment --comment \"rulec:ignore IPT3900\" -j", StringComparison.Ordinal);

        var result = new DumpFixer([Removing], (_, _, _) => true, CancellationToken.None)
            .Run(new LintInput(Linted.Compile(dump), LintOptions.Default), finding => finding.RuleNumber != 2);

        Assert.That(result.Fixed.Select(finding => finding.RuleNumber), Is.EqualTo([4]));
    }

    [Test]
    public void Fixing_twice_is_fixing_once()
    {
        var once = Fix(Dump, (_, after) => after.Contains("-p tcp", StringComparison.Ordinal));
        var twice = Fix(Text(once), (_, after) => after.Contains("-p tcp", StringComparison.Ordinal));

        Assert.That((twice.HasChanges, Text(twice)), Is.EqualTo((false, Text(once))));
    }

    [Test]
    public void Cancelling_ends_it()
    {
        using var cancellation = new CancellationTokenSource();
        var fixer = new DumpFixer([Removing], (_, _, _) => Cancel(), cancellation.Token);

        Assert.That(() => fixer.Run(new LintInput(Linted.Compile(Dump), LintOptions.Default), _ => true), Throws.InstanceOf<OperationCanceledException>());

        bool Cancel()
        {
            cancellation.Cancel();
            return false;
        }
    }

    /// <summary>Finds every DROP, to be removed.</summary>
    private static Linted.Analyzer Removing { get; } = new(context => Linted.Drops(context).Select(rule =>
        Linted.At(context, rule) with { Fix = RemovalFix.OfRule(context, rule) }));

    private static FixResult Fix(string dump, Func<string, string, bool> proof) =>
        new DumpFixer([Removing], (before, after, _) => proof(before.Tree.Text.ToString(), after.Tree.Text.ToString()), CancellationToken.None)
            .Run(new LintInput(Linted.Compile(dump), LintOptions.Default), _ => true);

    private static string Text(FixResult result) => result.After.Tree.Text.ToString();
}
