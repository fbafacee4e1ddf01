using RuleCompiler.Diffing;

namespace RuleCompiler.Linting.Fixing;

/// <summary>The proof that <c>--fix</c> asks for before it keeps an edit: the two dumps do the same to every packet.</summary>
internal static class FixProof
{
    /// <summary>How long one proof may take; an edit that needs longer is left to people.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <inheritdoc cref="EquivalenceProof"/>
    public static bool IsEquivalent(Compilation before, Compilation after, CancellationToken cancellation) =>
        before.Families.SequenceEqual(after.Families) && SemanticDiff.IsEquivalent(before, after, Limit, cancellation);
}
