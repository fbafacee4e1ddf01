using RuleCompiler.Text;

namespace RuleCompiler.Diagnostics;

/// <summary>A place that a diagnostic or finding rests on, beside its own.</summary>
/// <param name="Location">The place.</param>
/// <param name="Label">What it has to do with it, in a few words: <c>declared here first</c>.</param>
public readonly record struct RelatedLocation(Location Location, string Label)
{
    /// <summary>A whole line.</summary>
    /// <param name="text">The text it is in.</param>
    /// <param name="line">1-based.</param>
    /// <param name="label">What it has to do with it.</param>
    internal static RelatedLocation OfLine(SourceText text, int line, string label) =>
        new(new Location(text, text.GetLineSpan(line - 1)), label);
}
