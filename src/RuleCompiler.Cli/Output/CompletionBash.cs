using System.CommandLine;
using System.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>The completion script for bash.</summary>
internal static class CompletionBash
{
    public static string Write(Command root)
    {
        var names = root.Subcommands.Select(c => c.Name).ToArray();
        var values = new StringBuilder();
        var words = new StringBuilder();
        AddValues(values, "*", CommandReference.SharedOptions(root));
        foreach (var command in root.Subcommands)
        {
            AddValues(values, command.Name, CommandReference.OwnOptions(command));
            var arguments = command.Arguments.SelectMany(CommandReference.ValuesOf);
            words.Append($"        {command.Name}) words='{Join(arguments)}' options='{Join(NamesOf(command))}' ;;\n");
        }
        return $$"""
            # Completes command lines of rulec in bash: source <(rulec completion bash)
            _rulec() {
                local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command='' word words='' options=''
                for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                    case $word in
                        {{string.Join('|', names)}}) command=$word; break ;;
                    esac
                done
                COMPREPLY=()
                case $command:$before in
            {{values.ToString().TrimEnd('\n')}}
                esac
                case $command in
                    '') words='{{Join(names)}}' options='--version' ;;
            {{words.ToString().TrimEnd('\n')}}
                esac
                # Where nothing fits, the shell completes the name of a file.
                [[ $current != -* ]] || words="$options {{Join(CommandReference.SharedOptions(root).SelectMany(CommandReference.NamesOf))}}"
                COMPREPLY=($(compgen -W "$words" -- "$current"))
            }
            complete -o default -F _rulec rulec

            """;
    }

    private static void AddValues(StringBuilder text, string command, IEnumerable<Option> options)
    {
        foreach (var option in options.Where(CommandReference.TakesValue))
        {
            var names = string.Join('|', CommandReference.NamesOf(option).Select(name => $"{command}:{name}"));
            var values = CommandReference.ValuesOf(option);
            text.Append(values.Count == 0
                ? $"        {names}) return ;;\n"
                : $"        {names}) COMPREPLY=($(compgen -W '{Join(values)}' -- \"$current\")); return ;;\n");
        }
    }

    private static IEnumerable<string> NamesOf(Command command) =>
        CommandReference.OwnOptions(command).SelectMany(CommandReference.NamesOf);

    private static string Join(IEnumerable<string> words) => string.Join(' ', words);
}
