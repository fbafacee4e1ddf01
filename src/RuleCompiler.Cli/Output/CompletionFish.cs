using System.CommandLine;
using System.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>The completion script for fish.</summary>
internal static class CompletionFish
{
    public static string Write(Command root)
    {
        var text = new StringBuilder("# Completes command lines of rulec in fish: rulec completion fish > ~/.config/fish/completions/rulec.fish\n");
        foreach (var command in root.Subcommands)
        {
            text.Append($"complete -c rulec -n __fish_use_subcommand -f -a {command.Name} -d {Quote(command.Description)}\n");
        }
        foreach (var command in root.Subcommands)
        {
            var condition = $"-n '__fish_seen_subcommand_from {command.Name}'";
            var values = command.Arguments.SelectMany(CommandReference.ValuesOf).ToArray();
            if (values.Length > 0)
            {
                text.Append($"complete -c rulec {condition} -f -a {Quote(string.Join(' ', values))}\n");
            }
            foreach (var option in CommandReference.OwnOptions(command))
            {
                AddOption(text, condition, option);
            }
        }
        foreach (var option in CommandReference.SharedOptions(root))
        {
            AddOption(text, "", option);
        }
        return text.ToString();
    }

    private static void AddOption(StringBuilder text, string condition, Option option)
    {
        text.Append($"complete -c rulec{(condition.Length > 0 ? " " : "")}{condition}");
        foreach (var name in CommandReference.NamesOf(option))
        {
            text.Append(name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}"
                : name.Length == 2 ? $" -s {name[1..]}"
                : "");
        }
        var values = CommandReference.ValuesOf(option);
        text.Append(!CommandReference.TakesValue(option) ? ""
            : values.Count == 0 ? " -r"
            : $" -x -a {Quote(string.Join(' ', values))}");
        text.Append($" -d {Quote(option.Description)}\n");
    }

    private static string Quote(string? text) =>
        $"'{(text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
