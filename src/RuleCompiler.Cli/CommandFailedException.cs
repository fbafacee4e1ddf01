using RuleCompiler.Cli.Output;

namespace RuleCompiler.Cli;

/// <summary>The command cannot go on, for a reason that is not the tool's fault; exit code 2.</summary>
internal sealed class CommandFailedException : Exception
{
    /// <param name="problem">What is wrong with an input or output.</param>
    public CommandFailedException(Problem problem)
        : base(problem.Message) => Problem = problem;

    /// <param name="message">What is wrong with the command line.</param>
    public CommandFailedException(string message)
        : base(message)
    {
    }

    /// <summary>The problem of an input or output; null where the command line is wrong.</summary>
    public Problem? Problem { get; }
}
