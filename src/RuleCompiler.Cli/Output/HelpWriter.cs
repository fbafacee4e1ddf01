using System.CommandLine;
using System.Text;
using RuleCompiler.Cli.Commands;

namespace RuleCompiler.Cli.Output;

/// <summary>Help of the tool or of one command: usage, examples, options.</summary>
internal sealed class HelpWriter
{
    private readonly StringBuilder _text = new();

    private HelpWriter()
    {
    }

    /// <param name="parsed">The command line that asked.</param>
    /// <param name="command">The command asked for; null for the tool.</param>
    /// <param name="session">The run.</param>
    public static int Write(ParseResult parsed, RulecCommand? command, Session session)
    {
        var writer = new HelpWriter();
        writer.Write(parsed, command);
        using var output = ResultOutput.Open(session);
        output.Buffer.Append(writer._text.ToString());
        output.Complete();
        return ExitCode.Done;
    }

    private void Write(ParseResult parsed, RulecCommand? command)
    {
        var symbol = parsed.CommandResult.Command;
        _text.Append("Usage: ").Append(CommandReference.Usage(symbol)).Append("\n\n").Append(symbol.Description).Append(".\n");
        WriteExamples(command is null ? CommandCatalog.FirstSteps : command.Examples);
        WriteRows("Commands", symbol.Subcommands.Select(c => (c.Name, c.Description ?? "")));
        WriteRows("Arguments", CommandReference.Arguments(symbol));
        WriteRows("Options", CommandReference.Options(symbol));
        WriteRows("Common options", CommandReference.CommonOptions(parsed.RootCommandResult.Command));
        if (command is null)
        {
            _text.Append("\nExit codes: 0 done, 1 something found, 2 could not be done.\n");
            _text.Append("'rulec COMMAND --help' shows a command's examples and options; 'rulec man' prints the manual.\n");
        }
    }

    private void WriteRows(string title, IEnumerable<(string Name, string Meaning)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0)
        {
            return;
        }
        var width = list.Max(row => row.Name.Length);
        _text.Append('\n').Append(title).Append(":\n");
        foreach (var (name, meaning) in list)
        {
            _text.Append("  ").Append(name.PadRight(width)).Append("  ").Append(meaning).Append('\n');
        }
    }

    private void WriteExamples(IEnumerable<CommandExample> examples)
    {
        _text.Append("\nExamples:\n");
        foreach (var (commandLine, purpose) in examples)
        {
            _text.Append("  # ").Append(purpose).Append("\n  ").Append(commandLine).Append('\n');
        }
    }
}
