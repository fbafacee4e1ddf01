using System.Globalization;

namespace RuleCompiler.Symbols;

/// <summary>A rule by its place: what traces, assumptions and users call it.</summary>
/// <param name="Chain">Its chain.</param>
/// <param name="RuleNumber">1-based in its chain, as <c>iptables -L --line-numbers</c> counts.</param>
internal readonly record struct RuleSymbol(ChainSymbol Chain, int RuleNumber)
{
    /// <summary><c>table:CHAIN:RULE</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Chain}:{RuleNumber}");
}
