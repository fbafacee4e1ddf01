using System.Collections.Immutable;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>Something that is not as a file says.</summary>
/// <param name="Span">What the file says.</param>
/// <param name="Expected">What should be.</param>
/// <param name="Actual">What is.</param>
internal sealed record Failure(TextSpan Span, string Expected, string Actual)
{
    /// <summary>A packet that shows it, as an expression; null where no single one does.</summary>
    public string? Witness { get; init; }

    /// <summary>More for the reader: the rule that decides, the witness's trace.</summary>
    public ImmutableArray<string> Details { get; init; } = [];
}
