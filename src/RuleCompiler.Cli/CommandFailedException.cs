using RuleCompiler.Cli.Output;

namespace RuleCompiler.Cli;

/// <summary>The command cannot go on, for a reason that is not the tool's fault; exit code 2.</summary>
internal sealed class CommandFailedException(Problem problem) : Exception(problem.Message)
{
    public Problem Problem { get; } = problem;
}
