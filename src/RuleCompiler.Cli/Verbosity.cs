namespace RuleCompiler.Cli;

/// <summary>How much is said on standard error beside problems.</summary>
internal enum Verbosity
{
    /// <summary>Warnings and errors only.</summary>
    Quiet,

    /// <summary>Also summaries, and problems of level info.</summary>
    Normal,

    /// <summary>Also each stage with its item count and time.</summary>
    Detailed,

    /// <summary>Also stack traces and whatever helps to find a fault in the tool.</summary>
    Diagnostic,
}
