namespace RuleCompiler.Text;

/// <summary>One edit of a text.</summary>
/// <param name="Span">The bytes that go.</param>
/// <param name="NewText">What comes in their place.</param>
public readonly record struct TextChange(TextSpan Span, string NewText);
