using System.Collections.Immutable;
using System.CommandLine;
using RuleCompiler.Cli.Output;

namespace RuleCompiler.Cli.Commands;

/// <summary><c>rulec man</c>: the manual page, made of what help is made of.</summary>
internal sealed class ManCommand : RulecCommand
{
    public override string Name => "man";

    public override string Summary => "Prints the manual page";

    public override ImmutableArray<CommandExample> Examples { get; } =
    [
        new("rulec man | man -l -", "Read it"),
        new("rulec man > /usr/local/share/man/man1/rulec.1", "Install it"),
    ];

    public override void Declare(Command command)
    {
    }

    public override int Run(ParseResult arguments, Session session)
    {
        using var output = ResultOutput.Open(session);
        output.Buffer.Append(ManPageWriter.Write(arguments.RootCommandResult.Command));
        output.Complete();
        return ExitCode.Done;
    }
}
