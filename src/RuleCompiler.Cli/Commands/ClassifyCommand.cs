using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;

namespace RuleCompiler.Cli.Commands;

/// <summary><c>rulec classify</c>: what becomes of each packet of a list.</summary>
internal sealed class ClassifyCommand : RulecCommand
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The dump: iptables-save text, '-' for standard input, may be .gz",
    };

    private readonly Option<string> _packets = new("--packets")
    {
        HelpName = "IN",
        Description = "The packets: NDJSON, CSV with a header, expressions one a line, 'conntrack -L' text, .pcap or .pcapng; '-' for standard input, may be .gz",
        Required = true,
    };

    private readonly Option<string> _format = new Option<string>("--format")
    {
        HelpName = "ndjson|csv|summary",
        Description = "One JSON object a packet (the default), one CSV record a packet, or counts",
        DefaultValueFactory = _ => "ndjson",
    }.AcceptOnlyFromAmong("ndjson", "csv", "summary");

    private readonly Option<bool> _echo = new("--echo")
    {
        Description = "Repeat each packet, as an expression, beside its result",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        HelpName = "NAME|FILE",
        Description = "The mesh whose flows are named, by name or as a JSON file; else istio",
    };

    private readonly DumpOptions _dump = new();
    private readonly EvaluationOptions _evaluation = new();

    public override string Name => "classify";

    public override string Summary => "Says of many packets what becomes of each: verdict, deciding rule, rewrite and flow";

    public override ImmutableArray<CommandExample> Examples { get; } =
    [
        new("rulec classify pod.rules --packets packets.csv", "One result a line, for other programs"),
        new("rulec classify pod.rules --packets - --format summary", "Counts by verdict, flow and rule, packets piped in"),
        new("rulec classify pod.rules --packets packets.ndjson --format csv --echo", "A table with the packets beside the results"),
    ];

    public override void Declare(Command command)
    {
        command.Add(_file);
        command.Add(_packets);
        command.Add(_format);
        command.Add(_echo);
        _profile.CompletionSources.Add([.. ProfileCatalog.Names]);
        command.Add(_profile);
        _evaluation.AddTo(command);
        _dump.AddTo(command);
    }

    public override int Run(ParseResult arguments, Session session)
    {
        var packets = arguments.GetValue(_packets) ?? throw new CommandFailedException("--packets names no input");
        var file = DumpFile.Resolve(arguments.GetValue(_file), session);
        if (file == "-" && packets == "-")
        {
            throw new CommandFailedException("The dump and the packets cannot both come from standard input");
        }
        var profile = ProfileArgument.ReadOrNull(arguments.GetValue(_profile), session);
        var compilation = DumpCompiler.Compile(file, _dump.Read(arguments), session);
        var host = compilation is null ? null : _evaluation.ReadHost(arguments, compilation, session);
        if (compilation is null || host is null)
        {
            return ExitCode.Failed;
        }
        var options = _evaluation.Read(arguments, compilation);
        var mesh = profile ?? ProfileCatalog.InferFor(compilation);
        var use = new AssumptionUse(options.Assumptions, compilation);
        var evaluators = new FamilyEvaluators(compilation, host, session);
        var namings = compilation.Families.ToDictionary(family => family, family => FlowNaming.Create(compilation, family, mesh, host));
        var echoes = arguments.GetValue(_echo);
        using var batches = PacketLists.Open(packets, host, echoes ? null : SourcePortClasses.Find(compilation), session);
        using var output = ResultOutput.Open(session);
        IClassifyWriter writer = arguments.GetValue(_format) switch
        {
            "csv" => new ClassifyCsvWriter(output, echoes),
            "summary" => new ClassifySummaryWriter(output),
            _ => new ClassifyNdjsonWriter(output, compilation, host, echoes),
        };
        var pipeline = new ClassifyPipeline(
            batches, () => new PacketClassifier(evaluators, namings.GetValueOrDefault, options, use), writer, session);
        writer.Start();
        try
        {
            pipeline.Run();
        }
        catch (InvalidDataException)
        {
            throw new CommandFailedException(Problem.OfFile(DumpFile.NameOf(packets), ToolDiagnostics.UnreadableInput, PacketLists.Damaged));
        }
        writer.End();
        output.Complete();
        use.Report(session);
        if (pipeline.ErrorCount > 0)
        {
            session.Say(string.Create(
                CultureInfo.InvariantCulture, $"{DumpFile.NameOf(packets)}: {pipeline.ErrorCount} of {pipeline.Count} packets could not be classified"));
        }
        return pipeline.ErrorCount > 0 ? ExitCode.Failed : ExitCode.Done;
    }
}
