using System.Collections.Immutable;
using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;

namespace RuleCompiler.Tests.Linting;

internal sealed class LinterTests
{
    private const string Dump = """
        *filter
        :INPUT ACCEPT [0:0]
        -A INPUT -s 192.0.2.1/32 -j DROP
        -A INPUT -s 192.0.2.2/32 -j DROP
        COMMIT
        """;

    private static readonly LintCheck OffCheck = Linted.CheckOf("IPT3901") with { IsOn = false };

    [TestCase("", "", ExpectedResult = "IPT3900")]
    [TestCase("IPT3901", "", ExpectedResult = "IPT3901")]
    [TestCase("IPT39", "", ExpectedResult = "IPT3900 IPT3901")]
    [TestCase("ipt39", "IPT3900", ExpectedResult = "IPT3901")]
    [TestCase("", "IPT3", ExpectedResult = "")]
    public string Checks_run_as_chosen(string selected, string ignored)
    {
        var both = new[] { Linted.Check, OffCheck };
        var selection = new CheckSelection(new LintOptions { Selected = Words(selected), Ignored = Words(ignored) });

        return string.Join(' ', both.Where(selection.IsChosen).Select(check => check.Id));
    }

    [Test]
    public void Severity_is_overruled()
    {
        var options = new LintOptions
        {
            Severities = ImmutableDictionary<string, DiagnosticSeverity>.Empty.Add("IPT3900", DiagnosticSeverity.Error),
        };

        Assert.That(
            Linted.Run(Dump, options, Linted.Analyzer.OfDrops).Findings.Select(finding => finding.Severity),
            Is.All.EqualTo(DiagnosticSeverity.Error));
    }

    [Test]
    public void Findings_are_in_order_of_place_then_of_ID()
    {
        var backwards = new Linted.Analyzer(context => Linted.Drops(context).Reverse().Select(rule => Linted.At(context, rule)));
        var other = new Linted.Analyzer(
            context => Linted.Drops(context).Select(rule => Linted.At(context, rule, Linted.CheckOf("IPT3100"))));

        Assert.That(
            Linted.Run(Dump, null, backwards, other).Findings.Select(finding => $"{finding.Location.Start.Line} {finding.Id}"),
            Is.EqualTo(new[] { "3 IPT3100", "3 IPT3900", "4 IPT3100", "4 IPT3900" }));
    }

    [Test]
    public void Warnings_of_binding_are_findings()
    {
        const string dump = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -m nonesuch -j DROP
            COMMIT
            *nat
            :OUTPUT ACCEPT [0:0]
            -A OUTPUT -m nonesuch -j ACCEPT
            """;

        Assert.That(
            Linter.Run(Linted.Compile(dump), new LintOptions { Ignored = ["IPT2007", "IPT3", "IPT4"] }).Findings
                .Select(finding => $"{finding.Id} {finding.Location.Start.Line}"),
            Is.EqualTo(new[] { "IPT2009 3", "IPT2009 7" }));
    }

    [Test]
    public void An_analyzer_says_what_it_gave_up()
    {
        var analyzer = new Linted.Analyzer(context =>
        {
            context.GiveUp(Linted.Drops(context).Last(), "whether a packet can reach it");
            return [];
        });

        Assert.That(
            Linted.Run(Dump, null, analyzer).Undecided.Select(undecided => $"{undecided.Location.Start.Line} {undecided.Question}"),
            Is.EqualTo(new[] { "4 whether a packet can reach it" }));
    }

    [Test]
    public void Behind_the_deadline_all_is_undecided_and_nothing_lost_that_was_found()
    {
        using var deadline = new CancellationTokenSource();
        var slow = new Linted.Analyzer(
            context =>
            {
                deadline.Cancel();
                context.Cancellation.ThrowIfCancellationRequested();
                return [];
            },
            Linted.CheckOf("IPT3902"));
        var late = new Linted.Analyzer(_ => throw new AssertionException("ran behind the deadline"), Linted.CheckOf("IPT3903"));

        var result = Linted.Run(Dump, new LintOptions { Deadline = deadline.Token }, Linted.Analyzer.OfDrops, slow, late);

        Assert.Multiple(() =>
        {
            Assert.That(result.Findings, Has.Length.EqualTo(2));
            Assert.That(
                result.Undecided.Select(undecided => undecided.Question),
                Is.EqualTo(new[] { "IPT3902: the time was up", "IPT3903: the time was up" }));
        });
    }

    [Test]
    public void Cancelling_ends_it()
    {
        Assert.That(
            () => Linter.Run(Linted.Compile(Dump), cancellation: new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Of_a_dump_with_errors_these_are_all_that_is_found()
    {
        var dump = Linted.Compile("*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j MISSING\n-A INPUT -p tcp -j DROP\n-A INPUT -p tcp -j DROP\nCOMMIT\n");

        Assert.That(
            Linter.Run(dump, new LintOptions { Ignored = ["IPT2"] }).Findings.Select(finding => $"{finding.Id} {finding.Severity}"),
            Is.EqualTo(dump.Diagnostics.Select(diagnostic => $"{diagnostic.Id} Error")));
    }

    [Test]
    public void Of_several_dumps_each_sees_the_others_and_keeps_its_place()
    {
        var seen = new Linted.Analyzer(context =>
        [
            Linted.At(context, Linted.Drops(context).First()) with
            {
                Message = string.Join(' ', context.Others.Select(other => other.Tree.Text.Path)),
            },
        ]);
        ImmutableArray<LintInput> inputs =
            [.. "abc".Select(path => new LintInput(Linted.Compile(Dump, $"{path}"), LintOptions.Default))];

        Assert.That(
            Linter.Run(inputs, [seen]).Select(result => result.Findings[0].Message),
            Is.EqualTo(new[] { "b c", "a c", "a b" }));
    }

    private static ImmutableArray<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    [Test]
    public void A_fault_with_one_dump_leaves_the_others_linted()
    {
        const string dump = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j DROP\nCOMMIT\n";
        var analyzer = new Linted.Analyzer(context => context.Compilation.Tree.Text.Path == "b"
            ? throw new InvalidOperationException("for the test")
            : Linted.Drops(context).Select(rule => Linted.At(context, rule)));
        var results = Linter.Run(
            [.. new[] { "a", "b", "c" }.Select(path => new LintInput(Linted.Compile(dump, path), LintOptions.Default))], [analyzer]);

        Assert.Multiple(() =>
        {
            Assert.That(results.Select(result => result.Findings.Length), Is.EqualTo([1, 0, 1]));
            Assert.That(results.Select(result => result.Fault?.Message), Is.EqualTo(new[] { null, "for the test", null }));
        });
    }
}
