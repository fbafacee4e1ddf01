using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Generators;

namespace RuleCompiler.Tests.Oracles;

/// <summary>The compiler and the tools of this machine, rule by rule: what loads, and how it prints.</summary>
internal sealed class LiveRestoreTests
{
    private const int ShownDisagreements = 10;

    [TestCase(Flavour.Nft)]
    [TestCase(Flavour.Legacy)]
    public void Random_rules_are_taken_and_printed_as_by_the_tool(Flavour flavour)
    {
        KernelTrace.Require();
        var wrong = RestoreComparison.Find(LiveOracleBudget.RuleSeeds.Select(seed => (seed, RandomSpelling.Of(seed))), flavour)
            .Take(ShownDisagreements).ToList();
        Assert.That(wrong, Is.Empty, () => string.Join('\n', wrong));
    }
}
