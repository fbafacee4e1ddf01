namespace RuleCompiler.Syntax.Parsing;

/// <summary>Consecutive lines of a text, by their 0-based index.</summary>
/// <param name="Start">The first line.</param>
/// <param name="End">The line behind the last.</param>
/// <param name="StartsInTable">Whether the first line belongs to a table opened before.</param>
internal readonly record struct LineRange(int Start, int End, bool StartsInTable)
{
    /// <summary>Whether the text is binary: then nothing of it is read.</summary>
    public bool IsBinary { get; init; }
}
