using System.Collections.Immutable;
using System.CommandLine;
using RuleCompiler.Cli.Output;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Commands;

/// <summary><c>rulec explain</c>: what a diagnostic means, with an example and the fix; or all of them.</summary>
internal sealed class ExplainCommand : RulecCommand
{
    private readonly Argument<string?> _id = new("ID")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "Such as IPT2001, a check's name such as shadowed, or how several IDs begin; without it all are listed",
    };

    public override string Name => "explain";

    public override string Summary => "Says what a diagnostic means, with an example and the fix";

    public override ImmutableArray<CommandExample> Examples { get; } =
    [
        new("rulec explain", "All diagnostics, a line each"),
        new("rulec explain IPT2001", "One of them: what it means, an example, the example put right"),
        new("rulec explain redirect-loop", "The same, by the name that 'rulec lint --select' takes"),
    ];

    private static IEnumerable<DiagnosticDescriptor> Catalog => DiagnosticCatalog.All.Concat(ToolDiagnostics.All);

    public override void Declare(Command command)
    {
        _id.CompletionSources.Add([.. Catalog.Select(d => d.Id), .. Linter.Checks.Select(check => check.Name)]);
        command.Add(_id);
    }

    public override int Run(ParseResult arguments, Session session)
    {
        using var output = ResultOutput.Open(session);
        var writer = new ExplanationTextWriter(output, session.UsesOutputColor);
        if (arguments.GetValue(_id) is not { } word)
        {
            writer.WriteList(Catalog);
        }
        else if (FindCalled(word) is not [var descriptor])
        {
            writer.WriteList(FindCalled(word));
        }
        else
        {
            writer.Write(descriptor);
        }
        output.Complete();
        return ExitCode.Done;
    }

    /// <returns>The diagnostic of that ID or name; else those whose IDs begin so, one at least.</returns>
    private static ImmutableArray<DiagnosticDescriptor> FindCalled(string word)
    {
        if (Linter.Checks.FirstOrDefault(check => check.Name == word) is { } check)
        {
            return [check.Descriptor];
        }
        ImmutableArray<DiagnosticDescriptor> called = word.StartsWith("IPT", StringComparison.OrdinalIgnoreCase)
            ? [.. Catalog.Where(descriptor => descriptor.Id.StartsWith(word, StringComparison.OrdinalIgnoreCase))]
            : [];
        if (called.IsEmpty)
        {
            var suggestion = Suggestion.For(word, Linter.Checks.Select(each => each.Name));
            throw new CommandFailedException($"No diagnostic '{word}'; 'rulec explain' lists all{suggestion}");
        }
        return called;
    }
}
