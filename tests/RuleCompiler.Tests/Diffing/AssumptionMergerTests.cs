using System.Collections.Immutable;
using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Tests.Diffing;

/// <summary>Regions as letters for what they are, with the outcomes that they assume: <c>x a !b</c>.</summary>
internal sealed class AssumptionMergerTests
{
    [TestCase("x a; x !a", ExpectedResult = "x", TestName = "Either outcome")]
    [TestCase("x a; y !a", ExpectedResult = "x a; y !a", TestName = "Other regions")]
    [TestCase("x a b; x a !b; x !a b; x !a !b", ExpectedResult = "x", TestName = "All outcomes of two")]
    [TestCase("x a b; x a !b; x !a b", ExpectedResult = "x a; x !a b", TestName = "All but one")]
    [TestCase("x a; x; x; x !a", ExpectedResult = "x", TestName = "The same region thrice")]
    [TestCase("x a b; x b; y a b", ExpectedResult = "x b; y a b", TestName = "Held under fewer assumptions")]
    public string Leaves(string regions) => string.Join("; ", AssumptionMerger.Merge(
            regions.Split("; ").Select(Read), region => region.Name, region => region.Assumptions, (region, assumptions) => region with { Assumptions = assumptions })
        .Select(region => string.Join(' ', region.Assumptions.Select(one => (one.Holds ? "" : "!") + one.Name).Prepend(region.Name))));

    private static Region Read(string text)
    {
        var words = text.Split(' ');
        return new(words[0], [.. words.Skip(1).Select(word => new Assumption(word.TrimStart('!'), "filter:INPUT:1", word[0] != '!'))]);
    }

    private sealed record Region(string Name, ImmutableArray<Assumption> Assumptions);
}
