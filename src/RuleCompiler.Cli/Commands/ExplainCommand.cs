using System.Collections.Immutable;
using System.CommandLine;
using RuleCompiler.Cli.Output;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Cli.Commands;

/// <summary><c>rulec explain</c>: what a diagnostic means, with an example and the fix; or all of them.</summary>
internal sealed class ExplainCommand : RulecCommand
{
    private readonly Argument<string?> _id = new("ID")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "Such as IPT2001; without it all are listed",
    };

    public override string Name => "explain";

    public override string Summary => "Says what a diagnostic means, with an example and the fix";

    public override ImmutableArray<CommandExample> Examples { get; } =
    [
        new("rulec explain", "All diagnostics, a line each"),
        new("rulec explain IPT2001", "One of them: what it means, an example, the example put right"),
    ];

    private static IEnumerable<DiagnosticDescriptor> Catalog => DiagnosticCatalog.All.Concat(ToolDiagnostics.All);

    public override void Declare(Command command)
    {
        _id.CompletionSources.Add([.. Catalog.Select(d => d.Id)]);
        command.Add(_id);
    }

    public override int Run(ParseResult arguments, Session session)
    {
        using var output = ResultOutput.Open(session);
        var writer = new ExplanationTextWriter(output, session.UsesOutputColor);
        if (arguments.GetValue(_id) is not { } id)
        {
            writer.WriteList(Catalog);
        }
        else if (Catalog.FirstOrDefault(d => d.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } descriptor)
        {
            writer.Write(descriptor);
        }
        else
        {
            throw new CommandFailedException($"No diagnostic '{id}'; 'rulec explain' lists all");
        }
        output.Complete();
        return ExitCode.Done;
    }
}
