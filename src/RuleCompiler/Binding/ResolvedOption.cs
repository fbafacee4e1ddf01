using RuleCompiler.Extensions;

namespace RuleCompiler.Binding;

/// <summary>What an option's word stands for.</summary>
/// <param name="Outcome">Which of the following count.</param>
/// <param name="Letter">For a built-in option: its letter.</param>
/// <param name="Use">For an extension's: the extension in this rule.</param>
/// <param name="Spec">For an extension's: which option.</param>
/// <param name="InlineOffset">Where in the word its value begins (<c>--opt=value</c>, <c>-pvalue</c>); 0 where it follows.</param>
internal readonly record struct ResolvedOption(
    OptionOutcome Outcome, char Letter = '\0', ExtensionUse? Use = null, OptionSpec? Spec = null, int InlineOffset = 0);
