using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Cli;

/// <summary>What is wrong with a command line, said in a line each.</summary>
internal static class UsageErrors
{
    /// <returns>Messages in order; empty where the command can run, or help is asked for.</returns>
    public static IReadOnlyList<string> Find(ParseResult parsed, string[] args)
    {
        if (parsed.Action is HelpAction)
        {
            return [];
        }
        if (parsed.CommandResult.Command is RootCommand root)
        {
            var names = string.Join(", ", root.Subcommands.Select(c => c.Name));
            var word = args.FirstOrDefault(arg => !arg.StartsWith('-'));
            return
            [
                word is null
                    ? $"No command given; there are {names}"
                    : $"No command '{word}'; there are {names}{Suggestion.For(word, root.Subcommands.Select(c => c.Name))}",
            ];
        }
        var unknownOptions = UnknownOptions(parsed, args);
        return unknownOptions.Count > 0 ? unknownOptions
            : parsed.UnmatchedTokens is [var excess, ..] ? [OneTooMany(excess, parsed.CommandResult.Command)]
            : [.. parsed.Errors.Select(e => OneLine(e.Message))];
    }

    /// <summary>Prints the messages and where to read on.</summary>
    public static int Report(IReadOnlyList<string> errors, ParseResult parsed, Stream error)
    {
        var text = new StringBuilder();
        foreach (var message in errors)
        {
            text.Append("rulec: ").Append(DisplayText.Escape(message)).Append('\n');
        }
        var command = parsed.CommandResult.Command is RootCommand ? "" : $"{parsed.CommandResult.Command.Name} ";
        text.Append("Try 'rulec ").Append(command).Append("--help'.\n");
        error.Write(Encoding.UTF8.GetBytes(text.ToString()));
        return ExitCode.Failed;
    }

    /// <summary>Words with a dash that became arguments, since no option has their name.</summary>
    private static List<string> UnknownOptions(ParseResult parsed, string[] args) => args.Contains("--")
        ? []
        : [.. parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .Concat(parsed.UnmatchedTokens)
            .Where(word => word.Length > 1 && word[0] == '-')
            .Select(word => $"No option '{word}'{Suggestion.For(word, OptionNames(parsed))}")];

    private static IEnumerable<string> OptionNames(ParseResult parsed) =>
        parsed.CommandResult.Command.Options
            .Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive))
            .SelectMany(option => option.Aliases.Prepend(option.Name))
            .Where(name => name.StartsWith("--", StringComparison.Ordinal));

    private static string OneTooMany(string word, Command command) =>
        $"'{word}' is one too many: 'rulec {command.Name}' takes {(command.Arguments.Count == 1 ? "one " : "")}{string.Join(" and ", command.Arguments.Select(argument => argument.Name))}";

    /// <summary>The parser lists allowed words on lines of their own, and names a number by its type.</summary>
    private static string OneLine(string message) => message.IndexOf(" as expected type ", StringComparison.Ordinal) is var end and >= 0
        ? $"{message[..end]} as a number"
        : message.Replace(Environment.NewLine + "\t", " ", StringComparison.Ordinal);
}
