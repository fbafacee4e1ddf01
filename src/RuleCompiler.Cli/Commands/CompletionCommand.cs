using System.Collections.Immutable;
using System.CommandLine;
using RuleCompiler.Cli.Output;

namespace RuleCompiler.Cli.Commands;

/// <summary><c>rulec completion</c>: what a shell needs to complete command lines.</summary>
internal sealed class CompletionCommand : RulecCommand
{
    private readonly Argument<string> _shell = new Argument<string>("SHELL")
    {
        Description = "bash, zsh, fish or pwsh",
    }.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");

    public override string Name => "completion";

    public override string Summary => "Prints a script by which a shell completes rulec's command lines";

    public override ImmutableArray<CommandExample> Examples { get; } =
    [
        new("source <(rulec completion bash)", "In ~/.bashrc"),
        new("source <(rulec completion zsh)", "In ~/.zshrc, behind compinit"),
        new("rulec completion fish > ~/.config/fish/completions/rulec.fish", "For fish"),
        new("rulec completion pwsh | Out-String | Invoke-Expression", "In PowerShell's $PROFILE"),
    ];

    public override void Declare(Command command) => command.Add(_shell);

    public override int Run(ParseResult arguments, Session session)
    {
        var root = arguments.RootCommandResult.Command;
        using var output = ResultOutput.Open(session);
        output.Buffer.Append(arguments.GetValue(_shell) switch
        {
            "bash" => CompletionBash.Write(root),
            "zsh" => CompletionZsh.Write(root),
            "fish" => CompletionFish.Write(root),
            _ => CompletionPowerShell.Write(root),
        });
        output.Complete();
        return ExitCode.Done;
    }
}
