using System.Collections.Immutable;
using System.CommandLine;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Commands;

/// <summary><c>rulec trace</c>: every rule that each packet meets, in kernel order, and what becomes of it.</summary>
internal sealed class TraceCommand : RulecCommand
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The dump: iptables-save text, '-' for standard input, may be .gz",
    };

    private readonly Argument<string[]> _expressions = new("EXPR")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Packet expressions, such as \"tcp 10.0.0.1:40000 -> 10.0.0.2:80 in eth0\"",
    };

    private readonly Option<string[]> _packets = new("--packet")
    {
        HelpName = "EXPR",
        Description = "A packet expression; may be given several times",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _format = new Option<string>("--format")
    {
        HelpName = "text|json|ndjson",
        Description = "Text to read (the default), one JSON object, or one object a line",
        DefaultValueFactory = _ => "text",
    }.AcceptOnlyFromAmong("text", "json", "ndjson");

    private readonly Option<string[]> _why = new("--why")
    {
        HelpName = "TABLE:CHAIN:RULE",
        Description = "Say whether this rule matched, and if not which of its options failed and why",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _all = new("--all")
    {
        Description = "List the rules passed by too, with the option that failed",
    };

    private readonly DumpOptions _dump = new();
    private readonly EvaluationOptions _evaluation = new();

    public override string Name => "trace";

    public override string Summary => "Follows packets through the rules: each rule they meet, and what becomes of them";

    public override ImmutableArray<CommandExample> Examples { get; } =
    [
        new("rulec trace pod.rules \"tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000\"", "A connection that a process of the host opens"),
        new("rulec trace pod.rules \"tcp 10.0.0.5:40000 -> 10.244.1.7:8080 in eth0\" --all", "One that arrives, with the rules passed by"),
        new(
            "rulec trace pod.rules \"tcp 10.0.0.5:40000 -> 10.244.1.7:8080 in eth0\" --why nat:ISTIO_INBOUND:1",
            "Why a rule did not match"),
    ];

    public override void Declare(Command command)
    {
        command.Add(_file);
        command.Add(_expressions);
        command.Add(_packets);
        command.Add(_format);
        command.Add(_why);
        command.Add(_all);
        _evaluation.AddTo(command);
        _dump.AddTo(command);
    }

    public override int Run(ParseResult arguments, Session session)
    {
        var (file, expressions) = ReadWords(arguments);
        if (expressions.IsEmpty)
        {
            throw new CommandFailedException("No packet given: add an expression such as \"tcp 10.0.0.1:40000 -> 10.0.0.2:80\"");
        }
        var places = RuleReferences.Parse(arguments.GetValue(_why) ?? []);
        var compilation = DumpCompiler.Compile(DumpFile.Resolve(file, session), _dump.Read(arguments), session);
        var host = compilation is null ? null : _evaluation.ReadHost(arguments, compilation, session);
        var packets = PacketArguments.Parse(expressions, session);
        if (compilation is null || host is null || packets is null)
        {
            return ExitCode.Failed;
        }
        RuleReferences.Check(places, compilation);
        var request = new TraceRequest(compilation, host, arguments.GetValue(_all), places);
        var options = _evaluation.Read(arguments, compilation) with { IncludesPassedRules = request.ShowsPassedRules || !places.IsEmpty };
        using var output = ResultOutput.Open(session);
        using ITraceWriter writer = arguments.GetValue(_format) switch
        {
            "text" => new TraceTextWriter(output, request, session.UsesOutputColor),
            var format => new TraceJsonWriter(output, request, isNdjson: format == "ndjson"),
        };
        var use = new AssumptionUse(options.Assumptions, compilation);
        Write(packets.Value, new PacketTracer(compilation, host, options, session), use, writer, session.Cancellation);
        output.Complete();
        use.Report(session);
        return ExitCode.Done;
    }

    private static void Write(
        ImmutableArray<Packet> packets, PacketTracer tracer, AssumptionUse use, ITraceWriter writer, CancellationToken cancellation)
    {
        writer.Start();
        foreach (var packet in packets)
        {
            cancellation.ThrowIfCancellationRequested();
            var traces = tracer.Trace(packet);
            foreach (var trace in traces)
            {
                use.Note(trace.Assumptions);
            }
            writer.Write(traces);
        }
        writer.End();
    }

    /// <summary>The first word is the dump, unless it can only be a packet: then the dump is piped in.</summary>
    private (string? File, ImmutableArray<string> Expressions) ReadWords(ParseResult arguments)
    {
        var file = arguments.GetValue(_file);
        ImmutableArray<string> expressions = [.. arguments.GetValue(_expressions) ?? [], .. arguments.GetValue(_packets) ?? []];
        return file is not null && file.Contains("->", StringComparison.Ordinal) && !File.Exists(file)
            ? (null, [file, .. expressions])
            : (file, expressions);
    }
}
