namespace RuleCompiler.Diagnostics;

/// <summary>How much a diagnostic matters.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Worth knowing; never changes an exit code by itself.</summary>
    Info,

    /// <summary>Something does not do what it says, or is not known.</summary>
    Warning,

    /// <summary>The input cannot be compiled, or the real tools refuse it.</summary>
    Error,
}
