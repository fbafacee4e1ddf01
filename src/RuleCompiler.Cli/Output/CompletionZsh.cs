using System.CommandLine;
using System.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>The completion script for zsh.</summary>
internal static class CompletionZsh
{
    public static string Write(Command root)
    {
        var commands = new StringBuilder();
        var cases = new StringBuilder();
        foreach (var command in root.Subcommands)
        {
            commands.Append($"        '{command.Name}:{Quote(command.Description)}'\n");
            cases.Append($"        {command.Name})\n            _arguments -s \\\n");
            foreach (var option in CommandReference.OwnOptions(command).Concat(CommandReference.SharedOptions(root)))
            {
                AddOption(cases, option);
            }
            var values = command.Arguments.SelectMany(CommandReference.ValuesOf).ToArray();
            cases.Append(values.Length > 0
                ? $"                '*:{command.Arguments[0].Name}:({string.Join(' ', values)})' ;;\n"
                : "                '*:file:_files' ;;\n");
        }
        return $$"""
            #compdef rulec
            # Completes command lines of rulec in zsh: source <(rulec completion zsh)
            _rulec() {
                local -a commands=(
            {{commands.ToString().TrimEnd('\n')}}
                )
                if (( CURRENT == 2 )); then
                    _describe command commands
                    return
                fi
                shift words
                (( CURRENT-- ))
                case $words[1] in
            {{cases.ToString().TrimEnd('\n')}}
                esac
            }
            if [[ $funcstack[1] == _rulec ]]; then _rulec "$@"; else compdef _rulec rulec; fi

            """;
    }

    private static void AddOption(StringBuilder text, Option option)
    {
        foreach (var name in CommandReference.NamesOf(option))
        {
            var values = CommandReference.ValuesOf(option);
            var value = !CommandReference.TakesValue(option) ? ""
                : option.Arity.MinimumNumberOfValues == 0 ? $"::{Quote(option.HelpName)}: "
                : values.Count == 0 ? $":{Quote(option.HelpName)}:_files"
                : $":{Quote(option.HelpName)}:({string.Join(' ', values)})";
            text.Append($"                '{name}[{Quote(option.Description)}]{value}' \\\n");
        }
    }

    /// <summary>Text inside single quotes, in brackets or before a colon.</summary>
    private static string Quote(string? text) => (text ?? "")
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("'", "'\\''", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal)
        .Replace("]", "\\]", StringComparison.Ordinal)
        .Replace(":", "\\:", StringComparison.Ordinal);
}
