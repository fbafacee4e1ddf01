namespace RuleCompiler.Binding;

/// <summary>A condition that the compiler does not know; it may or may not hold.</summary>
/// <param name="Name">The match it belongs to, or the option itself.</param>
/// <param name="Text">Its words as written.</param>
internal sealed record UnknownOption(string Name, string Text);
