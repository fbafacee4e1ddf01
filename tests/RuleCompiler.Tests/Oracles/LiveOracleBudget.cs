namespace RuleCompiler.Tests.Oracles;

/// <summary>How much the live comparison does.</summary>
internal static class LiveOracleBudget
{
    private const int RulesetsInCi = 400;

    /// <summary>Whether more than CI's share is asked for.</summary>
    public static bool IsRaised => Rulesets > RulesetsInCi;

    /// <summary>Seeds of the rule sets to try: <c>RULEC_ORACLE_SEED</c> alone, else from 1 to as many as asked for.</summary>
    public static IEnumerable<int> Seeds => Number("RULEC_ORACLE_SEED") is { } seed
        ? [seed]
        : Enumerable.Range(1, Rulesets);

    private static int Rulesets => Number("RULEC_ORACLE_CASES") ?? RulesetsInCi;

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;
}
