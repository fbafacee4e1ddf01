using System.Text;
using RuleCompiler.Cli;

namespace RuleCompiler.Tests.Cli;

/// <summary>One run of the tool in this process, with streams of its own.</summary>
internal sealed record RulecRun(int ExitCode, string Output, string Errors)
{
    public static RulecRun Of(params string[] args) => Of([], args);

    /// <param name="input">Standard input, which then is no terminal.</param>
    /// <param name="args">The words of the command line.</param>
    public static RulecRun WithInput(string input, params string[] args) => Of(Encoding.UTF8.GetBytes(input), args);

    /// <param name="input">Standard input; a terminal where it is empty.</param>
    /// <param name="args">The words of the command line.</param>
    /// <param name="isTerminal">Whether output and errors go to a terminal.</param>
    /// <param name="isCi">Whether a CI service runs the tool; whether one runs the tests is nothing to it.</param>
    /// <param name="cancellation">What Ctrl-C cancels.</param>
    public static RulecRun Of(
        byte[] input, string[] args, bool isTerminal = false, bool isCi = false, CancellationToken cancellation = default)
    {
        using var output = new MemoryStream();
        using var errors = new MemoryStream();
        var streams = new StandardStreams(new MemoryStream(input), output, errors)
        {
            IsInputTerminal = input.Length == 0,
            IsOutputTerminal = isTerminal,
            IsErrorTerminal = isTerminal,
            IsCi = isCi,
        };
        var exitCode = Rulec.Run(args, streams, cancellation);
        return new RulecRun(exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(errors.ToArray()));
    }
}
