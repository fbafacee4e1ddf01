using System.Globalization;
using RuleCompiler.Symbols;

namespace RuleCompiler.Evaluation;

/// <summary>A rule, by the name that assumptions give it.</summary>
/// <param name="Chain">Its chain.</param>
/// <param name="RuleNumber">1-based.</param>
internal readonly record struct RulePlace(ChainSymbol Chain, int RuleNumber)
{
    /// <summary><c>table:CHAIN:RULE</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Chain}:{RuleNumber}");
}
