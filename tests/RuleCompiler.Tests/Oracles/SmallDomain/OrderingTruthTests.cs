using System.Globalization;
using NUnit.Framework;
using RuleCompiler.Linting;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>The ordering checks against exhaustive truth: every finding is right, and none is missing.</summary>
internal sealed class OrderingTruthTests
{
    private const int ShownDisagreements = 3;

    [Test]
    public void Linter_finds_what_is_true_and_nothing_else()
    {
        Assume.That(SmallLint.Checks, Is.SubsetOf(Linter.Checks.Select(check => check.Id)));
        var failures = SmallBudget.Seeds.Where(seed => Disagrees(SmallGenerator.Dump(seed)))
            .Take(ShownDisagreements)
            .Select(seed => Tell(seed, SmallShrinker.Shrink(SmallGenerator.Dump(seed), Disagrees)))
            .ToList();
        Assert.That(failures, Is.Empty, string.Join('\n', failures));
    }

    private static bool Disagrees(SmallDump dump) => !Truth(dump).SequenceEqual(Said(dump));

    private static IEnumerable<string> Truth(SmallDump dump) => Sorted(SmallTruth.Of(dump));

    private static IEnumerable<string> Said(SmallDump dump) => Sorted(SmallLint.Of(dump));

    private static IEnumerable<string> Sorted(IEnumerable<SmallFinding> findings) =>
        findings.Select(finding => finding.ToString()).Order(StringComparer.Ordinal);

    private static string Tell(int seed, SmallDump dump)
    {
        var (truth, said) = (Truth(dump).ToList(), Said(dump).ToList());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed}\n{dump}missing: {string.Join(", ", truth.Except(said))}\nwrong: {string.Join(", ", said.Except(truth))}\n");
    }
}
