using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>Proves claims over all packets of their space, or refutes them with a witness and its trace.</summary>
/// <param name="text">The scenario file.</param>
/// <param name="environment">The rules.</param>
internal sealed class ClaimProver(SourceText text, ScenarioEnvironment environment)
{
    /// <returns>Without failures where the claim is proved; undecided past a limit.</returns>
    public ItemResult Prove(Claim claim) =>
        new(claim, []) { Undecided = $"{text.ToString(claim.Space)} over {environment.Compilations.Length} dumps is not searched" };
}
