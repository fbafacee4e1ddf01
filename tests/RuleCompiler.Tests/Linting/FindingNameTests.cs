using NUnit.Framework;
using RuleCompiler.Linting;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Oracles.SmallDomain;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Linting;

/// <summary>The laws of fingerprints over random dumps: each is one finding's own, and edits elsewhere change none.</summary>
internal sealed class FindingNameTests
{
    private const int ShownFailures = 3;

    [Test]
    public void Edits_elsewhere_change_no_name_and_no_two_findings_share_one()
    {
        var count = 0;
        var failures = SmallBudget.Tenth(static _ => true)
            .Select(seed => (seed, Wrong: Wrong(SmallGenerator.Dump(seed), ref count)))
            .Where(failure => failure.Wrong is not null)
            .Take(ShownFailures)
            .Select(failure => $"seed {failure.seed}: {failure.Wrong}\n{SmallGenerator.Dump(failure.seed)}")
            .ToList();

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
        Assert.That(count, Is.Positive, "no dump had a finding");
    }

    private static string? Wrong(SmallDump dump, ref int count)
    {
        var names = NamesOf(dump, dump.ToString());
        count += names.Count;
        var edited = NamesOf(dump, Edit(dump.ToString()));
        return names.Distinct().Count() != names.Count ? "two findings share a name"
            : names.Except(edited).ToList() is [var lost, ..] ? $"{lost} is gone"
            : edited.Except(names).Any(name => !name.StartsWith("IPT3012", StringComparison.Ordinal)) ? "a name is new" : null;
    }

    private static List<string> NamesOf(SmallDump dump, string text) =>
    [
        .. Linter.Run(Compilation.Create(SyntaxTree.Parse(SourceText.From(text)), new CompilationOptions { Family = dump.Family }))
            .Findings.Select(finding => $"{finding.Id} {finding.Fingerprint}"),
    ];

    /// <summary>Other counters, remarks and blank lines, and a chain in each table that nothing calls.</summary>
    private static string Edit(string text) => "# saved again\n\n" + text
        .Replace("[0:0]", "[7:420]", StringComparison.Ordinal)
        .Replace("COMMIT", ":not-yet-called - [0:0]\n-A not-yet-called -p tcp -j ACCEPT\n\nCOMMIT", StringComparison.Ordinal)
        .Replace("\n-A ", "\n# a rule\n-A ", StringComparison.Ordinal);
}
