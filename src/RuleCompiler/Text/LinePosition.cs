namespace RuleCompiler.Text;

/// <summary>A place in a text as people count it.</summary>
/// <param name="Line">Line number, 1-based.</param>
/// <param name="Column">Column in characters (Unicode code points, not bytes), 1-based.</param>
public readonly record struct LinePosition(int Line, int Column);
