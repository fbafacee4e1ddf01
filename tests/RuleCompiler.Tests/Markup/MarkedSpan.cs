using RuleCompiler.Text;

namespace RuleCompiler.Tests.Markup;

/// <summary>A span that a test marked.</summary>
/// <param name="Id">The diagnostic expected there; null where the test names it elsewhere.</param>
/// <param name="Span">In byte offsets of the UTF-8 text.</param>
internal readonly record struct MarkedSpan(string? Id, TextSpan Span);
