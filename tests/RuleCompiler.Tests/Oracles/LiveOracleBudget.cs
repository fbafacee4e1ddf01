using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles;

/// <summary>How much the live comparison does.</summary>
internal static class LiveOracleBudget
{
    private const int RulesetsInCi = 300;
    private const int LegacyRulesetsInCi = 150;
    private const int RulesInCi = 500;

    /// <summary>Whether more than CI's share is asked for.</summary>
    public static bool IsRaised => Rulesets > RulesetsInCi;

    /// <summary>Seeds of the rule sets to try: <c>RULEC_ORACLE_SEED</c> alone, else from 1 to as many as asked for.</summary>
    public static IEnumerable<int> Seeds(Flavour flavour) => Number("RULEC_ORACLE_SEED") is { } seed
        ? [seed]
        : Enumerable.Range(1, Rulesets ?? (flavour == Flavour.Nft ? RulesetsInCi : LegacyRulesetsInCi));

    /// <summary>Seeds of single rules to try, by the same variables.</summary>
    public static IEnumerable<int> RuleSeeds => Number("RULEC_ORACLE_SEED") is { } seed
        ? [seed]
        : Enumerable.Range(1, Rulesets ?? RulesInCi);

    private static int? Rulesets => Number("RULEC_ORACLE_CASES");

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;
}
