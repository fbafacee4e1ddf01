using System.CommandLine;
using System.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>The completion script for PowerShell.</summary>
internal static class CompletionPowerShell
{
    public static string Write(Command root)
    {
        var words = new StringBuilder();
        var values = new StringBuilder();
        Add(words, "", root.Subcommands.Select(c => (c.Name, c.Description)));
        AddValues(values, "", CommandReference.SharedOptions(root));
        foreach (var command in root.Subcommands)
        {
            var arguments = command.Arguments.SelectMany(CommandReference.ValuesOf).Select(value => (value, (string?)value));
            var options = from option in CommandReference.OwnOptions(command).Concat(CommandReference.SharedOptions(root))
                          from name in CommandReference.NamesOf(option)
                          select (name, option.Description);
            Add(words, command.Name, arguments.Concat(options));
            AddValues(values, command.Name, CommandReference.OwnOptions(command));
        }
        return $$"""
            # Completes command lines of rulec in PowerShell: rulec completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName rulec -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $words = @{
            {{words.ToString().TrimEnd('\n')}}
                }
                $values = @{
            {{values.ToString().TrimEnd('\n')}}
                }
                $said = @($commandAst.CommandElements | Select-Object -Skip 1 |
                    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
                $command = @($said | Where-Object { $words.ContainsKey($_) } | Select-Object -First 1) -join ''
                $before = if ($said.Count -gt 0) { $said[-1] } else { '' }
                $list = if ($values.ContainsKey("$command $before")) { $values["$command $before"] }
                    elseif ($values.ContainsKey(" $before")) { $values[" $before"] }
                    else { $words[$command] }
                # Where nothing fits, the shell completes the name of a file.
                $list | Where-Object { $_[0] -like "$wordToComplete*" -and ($wordToComplete -like '-*' -or $_[0] -notlike '-*') } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])
                }
            }

            """;
    }

    private static void Add(StringBuilder text, string key, IEnumerable<(string Word, string? Meaning)> words)
    {
        var list = words.Select(word => $", @({Quote(word.Word)}, {Quote(word.Meaning)})");
        text.Append($"        '{key}' = @(@(){string.Concat(list)}) | Where-Object {{ $_.Count -gt 0 }}\n");
    }

    private static void AddValues(StringBuilder text, string command, IEnumerable<Option> options)
    {
        foreach (var option in options.Where(CommandReference.TakesValue))
        {
            var values = CommandReference.ValuesOf(option).Select(value => (value, (string?)value)).ToArray();
            foreach (var name in CommandReference.NamesOf(option))
            {
                Add(text, $"{command} {name}", values);
            }
        }
    }

    private static string Quote(string? text) => $"'{(text is { Length: > 0 } ? text : " ").Replace("'", "''", StringComparison.Ordinal)}'";
}
