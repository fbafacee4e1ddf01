namespace RuleCompiler.Evaluation;

/// <summary>A line of a trace's text, without its line break.</summary>
public readonly record struct TraceLine(TraceLineKind Kind, string Text);
