using System.CommandLine;
using System.Text;
using RuleCompiler.Cli.Commands;

namespace RuleCompiler.Cli.Output;

/// <summary>Help of the tool or of one command: usage, options, examples.</summary>
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
        WriteUsage(symbol, command);
        WriteRows("Commands", symbol.Subcommands.Select(c => (c.Name, c.Description)));
        WriteRows("Arguments", symbol.Arguments.Select(a => (a.HelpName ?? a.Name, a.Description)));
        WriteRows("Options", symbol.Options.Where(o => !o.Recursive).Select(Row));
        WriteRows("Common options", parsed.RootCommandResult.Command.Options.Where(o => o.Recursive).Select(Row));
        if (command is null)
        {
            _text.Append("\nExit codes: 0 done, 1 something found, 2 could not be done.\n");
            _text.Append("'rulec COMMAND --help' shows a command's options and examples.\n");
        }
        else
        {
            WriteExamples(command);
        }
    }

    private void WriteUsage(Command symbol, RulecCommand? command)
    {
        _text.Append("Usage: rulec ").Append(command is null ? "COMMAND" : symbol.Name);
        foreach (var argument in symbol.Arguments)
        {
            var isOptional = argument.Arity.MinimumNumberOfValues == 0;
            _text.Append(isOptional ? " [" : " ").Append(argument.HelpName ?? argument.Name)
                .Append(argument.Arity.MaximumNumberOfValues > 1 ? "..." : "").Append(isOptional ? "]" : "");
        }
        _text.Append(" [OPTIONS]\n\n").Append(symbol.Description).Append(".\n");
    }

    private void WriteRows(string title, IEnumerable<(string Name, string? Description)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0)
        {
            return;
        }
        var width = list.Max(row => row.Name.Length);
        _text.Append('\n').Append(title).Append(":\n");
        foreach (var (name, description) in list)
        {
            _text.Append("  ").Append(name.PadRight(width)).Append("  ").Append(description).Append('\n');
        }
    }

    private void WriteExamples(RulecCommand command)
    {
        _text.Append("\nExamples:\n");
        foreach (var (commandLine, purpose) in command.Examples)
        {
            _text.Append("  # ").Append(purpose).Append("\n  ").Append(commandLine).Append('\n');
        }
    }

    private static (string Name, string? Description) Row(Option option)
    {
        var names = string.Join(", ", option.Aliases.Prepend(option.Name).Where(n => n[0] is '-').Distinct().OrderBy(n => n.Length));
        return (option.Arity.MaximumNumberOfValues > 0 && option.HelpName is { } value ? $"{names} {value}" : names, option.Description);
    }
}
