namespace RuleCompiler.Text;

/// <summary>A run of bytes of a <see cref="SourceText"/>.</summary>
/// <param name="Start">Offset of the first byte, 0-based.</param>
/// <param name="Length">Bytes in the span; 0 marks a place between two bytes.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>Offset just behind the last byte.</summary>
    public int End => Start + Length;

    /// <summary>The span from <paramref name="start"/> up to, and without, <paramref name="end"/>.</summary>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);
}
