using RuleCompiler.Binding;

namespace RuleCompiler.Linting.Fixing;

/// <summary>The proof that <c>--fix</c> asks for before it keeps an edit.</summary>
/// <remarks>Dumps with the same rules in the same order do the same; of others nothing is claimed.</remarks>
internal static class FixProof
{
    /// <inheritdoc cref="EquivalenceProof"/>
    public static bool IsEquivalent(Compilation before, Compilation after, CancellationToken cancellation) =>
        before.Families.SequenceEqual(after.Families) && before.Families.All(family =>
        {
            cancellation.ThrowIfCancellationRequested();
            return before.GetRuleset(family) is { } old && after.GetRuleset(family) is { } edited
                && old.Flavour == edited.Flavour
                && old.Tables.SequenceEqual(edited.Tables)
                && old.Chains.Length == edited.Chains.Length
                && old.Chains.Zip(edited.Chains).All(pair => IsSame(pair.First, pair.Second));
        });

    private static bool IsSame(BoundChain old, BoundChain edited) =>
        (old.Symbol.Table, old.Symbol.Name, old.Symbol.PolicyDrops) == (edited.Symbol.Table, edited.Symbol.Name, edited.Symbol.PolicyDrops)
        && old.Rules.Select(RuleText.Of).SequenceEqual(edited.Rules.Select(RuleText.Of), StringComparer.Ordinal);
}
