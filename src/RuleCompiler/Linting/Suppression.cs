using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Linting;

/// <summary>One check that a rule's comment silences for the rule.</summary>
/// <param name="Id">The check, upper case.</param>
/// <param name="Family">The rule's family.</param>
/// <param name="Rule">The rule.</param>
/// <param name="RuleSpan">Its text.</param>
/// <param name="Span">The ID in the comment.</param>
internal sealed record Suppression(string Id, Family Family, RuleSymbol Rule, TextSpan RuleSpan, TextSpan Span)
{
    /// <summary>Whether it silenced something.</summary>
    public bool IsUsed { get; set; }
}
