using System.Globalization;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Scenarios.Conditions;

/// <summary>One element of a path: <c>CHAIN#RULE</c>, <c>CHAIN</c>, or <c>...</c>.</summary>
/// <param name="Chain">Null for <c>...</c>.</param>
/// <param name="Rule">1-based; null for any steps of the chain.</param>
internal readonly record struct PathStep(string? Chain, int? Rule)
{
    private const string Ellipsis = "...";

    /// <summary>Whether it stands for any steps, or none.</summary>
    public bool IsEllipsis => Chain is null;

    public static PathStep Parse(string word)
    {
        if (word == Ellipsis)
        {
            return default;
        }
        var hash = word.LastIndexOf('#');
        return hash > 0 && int.TryParse(word.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var rule)
            ? new PathStep(word[..hash], rule)
            : new PathStep(word, null);
    }

    public static PathStep Of(TraceStep step) => new(step.Chain, step.Rule);

    public bool IsAt(TraceStep step) => step.Chain == Chain && (Rule is null || step.Rule == Rule);

    public override string ToString() =>
        Chain is null ? Ellipsis : Rule is { } rule ? string.Create(CultureInfo.InvariantCulture, $"{Chain}#{rule}") : Chain;
}
