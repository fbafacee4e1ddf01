namespace RuleCompiler.Text;

/// <summary>A span of a text: where a diagnostic points.</summary>
public readonly record struct Location(SourceText Source, TextSpan Span)
{
    /// <summary>Line and column of the first byte, 1-based.</summary>
    public LinePosition Start => Source.GetLinePosition(Span.Start);

    /// <summary>Line and column just behind the last byte, 1-based.</summary>
    public LinePosition End => Source.GetLinePosition(Span.End);
}
