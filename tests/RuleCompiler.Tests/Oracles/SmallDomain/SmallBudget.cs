namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>How many small dumps are tried.</summary>
internal static class SmallBudget
{
    private const int DumpsInCi = 300;

    /// <summary>Seeds of the dumps: <c>RULEC_SMALL_SEED</c> alone, else from 1 to as many as <c>RULEC_SMALL_CASES</c> asks for.</summary>
    public static IEnumerable<int> Seeds => Number("RULEC_SMALL_SEED") is { } seed
        ? [seed]
        : Enumerable.Range(1, Number("RULEC_SMALL_CASES") ?? DumpsInCi);

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;
}
