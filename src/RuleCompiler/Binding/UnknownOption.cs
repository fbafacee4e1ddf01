namespace RuleCompiler.Binding;

/// <summary>A condition that the compiler does not know; it may or may not hold.</summary>
/// <param name="Name">The match it belongs to, or the option itself.</param>
/// <param name="Text">Its words as written; of a match its name, and its options as written.</param>
/// <param name="Token">The token of its name.</param>
/// <param name="IsMatch">Whether it is a match, as against an option that belongs to none.</param>
internal sealed record UnknownOption(string Name, string Text, int Token, bool IsMatch);
