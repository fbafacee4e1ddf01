namespace RuleCompiler.Cli;

/// <summary>The only exit codes there are.</summary>
internal static class ExitCode
{
    /// <summary>Done, and nothing found.</summary>
    public const int Done = 0;

    /// <summary>Done, and there is something to see: findings, a difference, a mismatch, a hit.</summary>
    public const int Found = 1;

    /// <summary>Could not be done: unreadable input, errors in it, bad options, a limit reached.</summary>
    public const int Failed = 2;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Cancelled = 130;
}
