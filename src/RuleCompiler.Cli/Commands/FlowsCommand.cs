using System.Collections.Immutable;
using System.CommandLine;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;

namespace RuleCompiler.Cli.Commands;

/// <summary><c>rulec flows</c>: the flows of a sidecar, each connection with the rules that take it.</summary>
internal sealed class FlowsCommand : RulecCommand
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The dump: iptables-save text, '-' for standard input, may be .gz",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        HelpName = "NAME|FILE",
        Description = "The mesh, by name ('rulec profiles' lists them) or as a JSON file; else the one that the dump looks like",
    };

    private readonly Option<string> _format = new Option<string>("--format")
    {
        HelpName = "text|json|markdown|svg",
        Description = "Text to read (the default), one JSON object, Markdown for a pull request, or pictures",
        DefaultValueFactory = _ => "text",
    }.AcceptOnlyFromAmong("text", "json", "markdown", "svg");

    private readonly Option<string?> _outDir = new("--out-dir")
    {
        HelpName = "DIR",
        Description = "Write each flow's picture to DIR/flow-NUMBER.svg; with markdown, which then shows them, too",
    };

    private readonly Option<string> _failOn = new Option<string>("--fail-on")
    {
        HelpName = "broken|differs|never",
        Description = "Exit 1 where a flow is broken (the default), or also where one differs from the article, or never",
        DefaultValueFactory = _ => "broken",
    }.AcceptOnlyFromAmong("broken", "differs", "never");

    private readonly DumpOptions _dump = new();
    private readonly EvaluationOptions _evaluation = new();

    public override string Name => "flows";

    public override string Summary => "Plays the six flows of a sidecar through the rules, connection by connection";

    public override ImmutableArray<CommandExample> Examples { get; } =
    [
        new("rulec flows pod.rules", "Each flow: whether it works, and which rules take it"),
        new("iptables-save | rulec flows --format json | jq '.flows[] | .path'", "The paths alone"),
        new("rulec flows pod.rules --format markdown --out-dir pictures > flows.md", "For a pull request: a table, a picture of each flow, the traces"),
        new("rulec flows pod.rules --profile my-mesh.json --fail-on differs", "Another mesh, every difference an error"),
    ];

    public override void Declare(Command command)
    {
        command.Add(_file);
        _profile.CompletionSources.Add([.. ProfileCatalog.Names]);
        command.Add(_profile);
        command.Add(_format);
        command.Add(_outDir);
        command.Add(_failOn);
        _evaluation.AddTo(command);
        _dump.AddTo(command);
    }

    public override int Run(ParseResult arguments, Session session)
    {
        var mesh = arguments.GetValue(_profile);
        var given = ProfileArgument.ReadOrNull(mesh, session);
        if (arguments.GetValue(_outDir) is not null && arguments.GetValue(_format) is not ("svg" or "markdown"))
        {
            throw new CommandFailedException("--out-dir takes pictures: --format svg or markdown");
        }
        var compilation = DumpCompiler.Compile(DumpFile.Resolve(arguments.GetValue(_file), session), _dump.Read(arguments), session);
        var host = compilation is null ? null : _evaluation.ReadHost(arguments, compilation, session);
        if (compilation is null || host is null)
        {
            return ExitCode.Failed;
        }
        var profile = given ?? ProfileCatalog.InferFor(compilation);
        var report = new FlowsReport(compilation, host, profile, Analyze());
        var folder = arguments.GetValue(_outDir);
        if (folder is not null)
        {
            FlowPictures.Write(report, folder, session);
        }
        using var output = ResultOutput.Open(session);
        switch (arguments.GetValue(_format))
        {
            case "json":
                FlowsJsonWriter.Write(output, report);
                break;
            case "markdown":
                new FlowsMarkdownWriter(output, report, folder).Write();
                break;
            case "svg":
                if (folder is null)
                {
                    output.Buffer.Append(FlowPictures.DrawAll(report));
                }
                break;
            default:
                new FlowsTextWriter(output, report, session.UsesOutputColor).Write();
                break;
        }
        output.Complete();
        return Fails(report, arguments.GetValue(_failOn)) ? ExitCode.Found : ExitCode.Done;

        ImmutableArray<FlowAnalysis> Analyze()
        {
            try
            {
                return FlowAnalysis.Run(compilation, profile, isForced: mesh is not null, host, _evaluation.Read(arguments, compilation));
            }
            catch (EvaluationLimitException e)
            {
                throw new CommandFailedException(
                    Problem.OfFile(compilation.Tree.Text.Path, ToolDiagnostics.LimitReached, e.Message));
            }
        }
    }

    private static bool Fails(FlowsReport report, string? failOn) => failOn switch
    {
        "broken" => report.Count(FlowStatus.Broken) > 0,
        "differs" => report.Count(FlowStatus.Broken) + report.Count(FlowStatus.Differs) > 0,
        _ => false,
    };
}
