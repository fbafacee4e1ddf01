using System.Collections.Immutable;

namespace RuleCompiler.Cli.Commands;

/// <summary>All commands, in the order of the help.</summary>
internal static class CommandCatalog
{
    public static ImmutableArray<RulecCommand> Create() =>
    [
        new CompileCommand(),
        new FormatCommand(),
        new TraceCommand(),
        new ClassifyCommand(),
        new FlowsCommand(),
        new LintCommand(),
        new DiffCommand(),
        new SearchCommand(),
        new TestCommand(),
        new ExplainCommand(),
        new ProfilesCommand(),
    ];
}
