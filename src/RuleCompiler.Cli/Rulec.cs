using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using RuleCompiler.Cli.Commands;
using RuleCompiler.Cli.Output;

namespace RuleCompiler.Cli;

/// <summary>Runs one command line from its words to its exit code.</summary>
internal static class Rulec
{
    /// <summary>The tool's version, as <c>--version</c> and every JSON result give it.</summary>
    public const string Version = "1.0.0";

    /// <summary>When that version was made, for the manual.</summary>
    public const string ReleaseDate = "2026-11-28";

    public static int Run(string[] args, StandardStreams streams, CancellationToken cancellation)
    {
        var options = new GlobalOptions();
        var commands = CommandCatalog.Create();
        var root = CreateRoot(options, commands);
        // No response files: an argument beginning with @ is what it is, and no other file is read.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.CommandResult.Command is RootCommand && args.Contains("--version"))
        {
            return WriteVersion(streams.Output);
        }
        if (UsageErrors.Find(parsed, args) is { Count: > 0 } errors)
        {
            return UsageErrors.Report(errors, parsed, streams.Error);
        }
        var command = commands.FirstOrDefault(c => c.Name == parsed.CommandResult.Command.Name);
        var exitCode = RunCommand(command, parsed, options.CreateSession(parsed, streams, cancellation));
        return options.ExitCodeFor(exitCode, parsed);
    }

    /// <summary>Prints the line of <c>--version</c>.</summary>
    public static int WriteVersion(Stream output)
    {
        try
        {
            output.Write(Encoding.ASCII.GetBytes($"rulec {Version}\n"));
            return ExitCode.Done;
        }
        catch (IOException e)
        {
            return ClosedPipeException.Is(e) ? ExitCode.Done : ExitCode.Failed;
        }
    }

    private static RootCommand CreateRoot(GlobalOptions options, IEnumerable<RulecCommand> commands)
    {
        var root = new RootCommand("Compiles iptables-save text: what it means, what becomes of a packet, and why");
        foreach (var command in commands)
        {
            var symbol = new Command(command.Name, command.Summary);
            command.Declare(symbol);
            symbol.SetAction(_ => ExitCode.Done); // marks it as runnable; Run is called directly
            root.Add(symbol);
        }
        options.AddTo(root);
        return root;
    }

    /// <param name="command">Null where only help of the whole tool can be meant.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="session">The run.</param>
    private static int RunCommand(RulecCommand? command, ParseResult parsed, Session session)
    {
        try
        {
            return command is null || parsed.Action is HelpAction
                ? HelpWriter.Write(parsed, command, session)
                : Run(command, parsed, session);
        }
        catch (OperationCanceledException) when (session.Cancellation.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }
        catch (CommandFailedException e)
        {
            return session.Problems.Write(e); // standard output itself cannot be written
        }
        catch (ClosedPipeException)
        {
            return ExitCode.Done; // who closed the pipe has seen enough
        }
#pragma warning disable CA1031 // the last resort: every other exception is a fault of the tool, and is reported as one
        catch (Exception e)
#pragma warning restore CA1031
        {
            session.Problems.WriteInternalError(e);
            return ExitCode.Failed;
        }
    }

    /// <summary>Who asked for JSON gets some, also where there is no result.</summary>
    private static int Run(RulecCommand command, ParseResult parsed, Session session)
    {
        int exitCode;
        try
        {
            exitCode = command.Run(parsed, session);
        }
        catch (CommandFailedException e)
        {
            exitCode = session.Problems.Write(e);
        }
        if (exitCode == ExitCode.Failed)
        {
            FailureJsonWriter.Write(command, parsed, session);
        }
        return exitCode;
    }
}
