using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>What can be said on the command line, read from the commands themselves: for help, the manual and completions.</summary>
internal static class CommandReference
{
    /// <summary><c>rulec flows [FILE] [OPTIONS]</c>.</summary>
    public static string Usage(Command command)
    {
        var text = new StringBuilder("rulec ").Append(command is RootCommand ? "COMMAND" : command.Name);
        foreach (var argument in command.Arguments)
        {
            var isOptional = argument.Arity.MinimumNumberOfValues == 0;
            text.Append(isOptional ? " [" : " ").Append(NameOf(argument))
                .Append(argument.Arity.MaximumNumberOfValues > 1 ? "..." : "").Append(isOptional ? "]" : "");
        }
        return text.Append(" [OPTIONS]").ToString();
    }

    /// <summary>A command's arguments with what they mean.</summary>
    public static IEnumerable<(string Name, string Meaning)> Arguments(Command command) =>
        command.Arguments.Select(a => (NameOf(a), a.Description ?? ""));

    /// <summary>A command's own options with what they mean.</summary>
    public static IEnumerable<(string Name, string Meaning)> Options(Command command) => OwnOptions(command).Select(Row);

    /// <summary>The options of every command.</summary>
    public static IEnumerable<(string Name, string Meaning)> CommonOptions(Command root) => SharedOptions(root).Select(Row);

    public static IEnumerable<Option> OwnOptions(Command command) => command.Options.Where(o => !o.Recursive);

    public static IEnumerable<Option> SharedOptions(Command root) => root.Options.Where(o => o.Recursive);

    /// <summary>An option's names, the short one first; not <c>-?</c>, which shells take for a pattern.</summary>
    public static IReadOnlyList<string> NamesOf(Option option) =>
        [.. option.Aliases.Prepend(option.Name).Where(name => name[0] is '-' && name != "-?").Distinct().OrderBy(name => name.Length)];

    /// <summary>Whether a value stands behind the option.</summary>
    public static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0 && option.HelpName is not null;

    /// <summary>The values that can be said, where they can be listed.</summary>
    public static IReadOnlyList<string> ValuesOf(Symbol symbol) =>
        symbol is Option option && !TakesValue(option) ? [] : [.. symbol.GetCompletions(CompletionContext.Empty).Select(c => c.Label)];

    private static string NameOf(Argument argument) => argument.HelpName ?? argument.Name;

    private static (string Name, string Meaning) Row(Option option)
    {
        var names = string.Join(", ", NamesOf(option));
        var value = option.Arity.MinimumNumberOfValues == 0 ? $"[{option.HelpName}]" : option.HelpName;
        return (TakesValue(option) ? $"{names} {value}" : names, option.Description ?? "");
    }
}
