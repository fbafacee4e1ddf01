namespace RuleCompiler.Extensions;

/// <summary>An option as a rule gives it.</summary>
/// <param name="Spec">Which option.</param>
/// <param name="IsNegated">Whether <c>!</c> stands before it.</param>
/// <param name="Value">Its value, of the spec's type.</param>
/// <param name="Token">Index of the option's token in the syntax tree.</param>
internal readonly record struct BoundOption(OptionSpec Spec, bool IsNegated, object Value, int Token);
