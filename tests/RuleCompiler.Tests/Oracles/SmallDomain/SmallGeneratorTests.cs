using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

internal sealed class SmallGeneratorTests
{
    private const int SeedCount = 100;

    [Test]
    public void Product_takes_every_dump_without_a_problem()
    {
        for (var seed = 0; seed < SeedCount; seed++)
        {
            var dump = SmallGenerator.Dump(seed).ToString();
            var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)), new CompilationOptions { Family = Family.IPv4 });
            Assert.That(compilation.Diagnostics, Is.Empty, () => $"seed {seed}\n{dump}");
        }
    }

    [Test]
    public void Reading_a_dump_back_changes_nothing()
    {
        for (var seed = 0; seed < SeedCount; seed++)
        {
            var dump = SmallGenerator.Dump(seed).ToString();
            Assert.That(SmallReader.Dump(dump).ToString(), Is.EqualTo(dump));
        }
    }

    /// <remarks>Those of nat and its neighbours are rare: a run of thousands shows them.</remarks>
    [Test]
    public void Dumps_show_what_the_checks_are_about()
    {
        var found = Enumerable.Range(0, SeedCount)
            .SelectMany(seed => SmallTruth.Of(SmallGenerator.Dump(seed)))
            .Select(finding => finding.Id + finding.SameOutcome);
        Assert.That(
            found.Distinct(),
            Is.SupersetOf(new[]
            {
                "IPT3001", "IPT3002all", "IPT3002some", "IPT3003", "IPT3004", "IPT3005", "IPT3011", "IPT3012",
            }));
    }
}
