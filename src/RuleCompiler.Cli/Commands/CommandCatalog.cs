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
        new CompletionCommand(),
        new ManCommand(),
    ];

    /// <summary>What a newcomer tries first, for the tool's help.</summary>
    public static ImmutableArray<CommandExample> FirstSteps { get; } =
    [
        new("rulec trace pod.rules \"tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000\"", "Which rules take a packet, and what becomes of it"),
        new("rulec flows pod.rules", "How the flows of a sidecar run under these rules"),
        new("rulec test pod.flows", "Whether the rules still do what the scenario file says"),
    ];
}
