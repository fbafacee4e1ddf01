using NUnit.Framework;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>How many small dumps are tried.</summary>
internal static class SmallBudget
{
    private const int DumpsInCi = 300;

    /// <summary>
    /// Seeds of the dumps: <c>RULEC_SMALL_SEED</c> alone, else as many as <c>RULEC_SMALL_CASES</c> asks for,
    /// from <c>RULEC_SMALL_FIRST</c> (1) on.
    /// </summary>
    public static IEnumerable<int> Seeds => Number("RULEC_SMALL_SEED") is { } seed
        ? [seed]
        : Enumerable.Range(Number("RULEC_SMALL_FIRST") ?? 1, Number("RULEC_SMALL_CASES") ?? DumpsInCi);

    /// <summary>The seeds of a test that takes longer than one over single dumps: a tenth, of those that it can ask.</summary>
    /// <param name="isAsked">Whether the test can ask about the dump of a seed; one given alone has to be such.</param>
    public static IEnumerable<int> Tenth(Func<int, bool> isAsked)
    {
        const int Share = 10;
        var seeds = Seeds.Where(isAsked).Take((Seeds.Count() + Share - 1) / Share).ToList();
        Assert.That(seeds, Has.Count.EqualTo((Seeds.Count() + Share - 1) / Share), "too few dumps can be asked about");
        return seeds;
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;
}
