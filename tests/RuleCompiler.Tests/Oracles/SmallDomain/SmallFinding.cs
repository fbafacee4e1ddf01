namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>What lint is to say of a rule, of a run of rules, or of a chain.</summary>
/// <param name="Id">The check.</param>
/// <param name="Chain"><c>table:CHAIN</c>.</param>
/// <param name="Rule">1-based; of a run the first; 0 for a chain as a whole.</param>
/// <param name="LastRule">The last one of a run, else <paramref name="Rule"/>.</param>
/// <param name="SameOutcome">For IPT3002: <c>all</c> or <c>some</c>.</param>
internal sealed record SmallFinding(string Id, string Chain, int Rule, int LastRule, string? SameOutcome)
{
    public SmallFinding(string id, string chain, int rule, string? sameOutcome = null)
        : this(id, chain, rule, rule, sameOutcome)
    {
    }

    public override string ToString() =>
        $"{Id} {Chain}{(Rule == 0 ? "" : Rule == LastRule ? $":{Rule}" : $":{Rule}-{LastRule}")}{(SameOutcome is null ? "" : $" ({SameOutcome})")}";
}
