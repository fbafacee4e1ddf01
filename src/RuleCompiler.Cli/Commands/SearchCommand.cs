using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Commands;

/// <summary><c>rulec search</c>: the packets of a space that get a verdict, hit a rule or are rewritten; none is a proof.</summary>
internal sealed class SearchCommand : RulecCommand
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The dump: iptables-save text, '-' for standard input, may be .gz",
    };

    private readonly Argument<string?> _space = new("SPACE")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "A space of packets, such as \"tcp 10.0.0.0/8 -> *:22,80-90 in eth0\"",
    };

    private readonly Option<string> _verdict = new Option<string>("--verdict")
    {
        HelpName = "accept|drop|reject|queue|stolen",
        Description = "Only packets of which this becomes",
    }.AcceptOnlyFromAmong("accept", "drop", "reject", "queue", "stolen");

    private readonly Option<string?> _hits = new("--hits") { HelpName = "TABLE:CHAIN:RULE", Description = "Only packets that match this rule" };

    private readonly Option<bool> _rewritten = new("--rewritten") { Description = "Only packets of which an address or port changes" };

    private readonly Option<int?> _flow = new Option<int?>("--flow")
    {
        HelpName = "1-6",
        Description = "Only packets of this flow of the sidecar, as 'classify' names them",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        HelpName = "NAME|FILE",
        Description = "The mesh whose flows are meant, by name or as a JSON file; else the one that the dump looks like",
    };

    private readonly Option<string> _format = new Option<string>("--format")
    {
        HelpName = "text|json",
        Description = "Text to read (the default), or JSON",
        DefaultValueFactory = _ => "text",
    }.AcceptOnlyFromAmong("text", "json");

    private readonly Option<string?> _host = new("--host")
    {
        HelpName = "FILE",
        Description = "Interfaces, addresses, routes, sets of the machine (JSON); else a host is inferred from the dump",
    };

    private readonly LimitOptions _limits = new();
    private readonly DumpOptions _dump = new();

    public override string Name => "search";

    public override string Summary => "Finds the packets of a space that get a verdict, hit a rule, make a flow or are rewritten";

    public override ImmutableArray<CommandExample> Examples { get; } =
    [
        new("rulec search fw.rules \"tcp * -> *:22 in *\" --verdict accept", "Who can reach SSH, or the proof that nobody can"),
        new("rulec search pod.rules \"tcp * -> * uid 1337 out !lo\" --rewritten", "Whether the proxy's own traffic is captured"),
        new("rulec search fw.rules \"* * -> * in *\" --hits filter:INPUT:7", "Which packets get to a rule"),
        new("rulec search pod.rules \"tcp * -> * in *\" --flow 3", "What reaches the proxy's own ports without being captured"),
    ];

    public override void Declare(Command command)
    {
        command.Add(_file);
        command.Add(_space);
        command.Add(_verdict);
        command.Add(_hits);
        command.Add(_rewritten);
        command.Add(_flow);
        _profile.CompletionSources.Add([.. ProfileCatalog.Names]);
        command.Add(_profile);
        command.Add(_format);
        command.Add(_host);
        _limits.AddTo(command);
        _dump.AddTo(command);
    }

    public override int Run(ParseResult arguments, Session session)
    {
        var (file, asked) = ReadArguments(arguments);
        var (timeout, maxRegions) = _limits.Read(arguments);
        var flow = arguments.GetValue(_flow);
        if (flow is < 1 or > 6)
        {
            throw new CommandFailedException("--flow takes a number from 1 to 6");
        }
        var profile = ProfileArgument.ReadOrNull(arguments.GetValue(_profile), session);
        var places = RuleReferences.Parse(arguments.GetValue(_hits) is { } hits ? [hits] : []);
        var (space, diagnostics) = SpaceExpression.Parse(SourceText.From(asked, "<space>"));
        session.Problems.Write(diagnostics);
        session.Heap.Use = HeapUse.Boxes;
        var compilation = DumpCompiler.Compile(DumpFile.Resolve(file, session), _dump.Read(arguments), session);
        if (compilation is null || space is null)
        {
            return ExitCode.Failed;
        }
        RuleReferences.Check(places, compilation);
        session.Problems.Write([.. SpaceFactCheck.Of(space, [compilation])]);
        var host = HostInference.Infer(compilation);
        if (arguments.GetValue(_host) is { } path)
        {
            var (facts, problems) = HostFactsJson.Read(DumpFile.Read(path, session));
            session.Problems.Write(problems);
            if (facts is null)
            {
                return ExitCode.Failed;
            }
            host = facts;
        }
        var question = new SearchQuestion
        {
            Verdict = arguments.GetValue(_verdict) is { } word ? Enum.GetValues<Verdict>().First(verdict => verdict.Name() == word) : null,
            Hits = places.IsEmpty ? null : places[0],
            IsRewritten = arguments.GetValue(_rewritten) ? true : null,
        };
        var mesh = profile ?? ProfileCatalog.InferFor(compilation);
        var report = Search(compilation, host, space, Of, timeout, maxRegions, session.Cancellation);
        using var output = ResultOutput.Open(session);
        if (arguments.GetValue(_format) == "json")
        {
            SearchJsonWriter.Write(output, report);
        }
        else
        {
            new SearchTextWriter(output, report, session.UsesOutputColor).Write();
        }
        output.Complete();
        return report.Reason is not null ? ExitCode.Failed : report.Regions.IsEmpty ? ExitCode.Done : ExitCode.Found;

        // Null where the family has no sidecar, and so none of its flows.
        SearchQuestion? Of(Family family) => flow is not { } number ? question
            : FlowNaming.Create(compilation, family, mesh, host) is { } naming ? question with { Kind = naming.PacketsOf(number, family) }
            : null;
    }

    /// <summary>One argument alone is the space, of a dump that is piped in.</summary>
    private (string? File, string Space) ReadArguments(ParseResult arguments) => (arguments.GetValue(_file), arguments.GetValue(_space)) switch
    {
        ({ } file, { } space) => (file, space),
        ({ } space, null) when space.Contains("->", StringComparison.Ordinal) => (null, space),
        _ => throw new CommandFailedException("No space given: one is \"tcp 10.0.0.0/8 -> *:22 in *\""),
    };

    private static SearchReport Search(
        Compilation compilation, HostFacts host, SpaceExpression space, Func<Family, SearchQuestion?> questions, TimeSpan? timeout, int maxRegions, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (timeout is { } time)
        {
            limit.CancelAfter(time);
        }
        var regions = new List<SearchRegion>();
        string? reason = null;
        foreach (var family in space.Family is { } named ? [named] : compilation.Families)
        {
            if (questions(family) is not { } question)
            {
                continue; // no packet of the family can be meant
            }
            try
            {
                if (!RegionSearch.Find(compilation, family, host, space, question, regions, maxRegions - regions.Count, limit.Token))
                {
                    reason = string.Create(CultureInfo.InvariantCulture, $"there are more than {maxRegions:N0} regions (--max-regions allows more)");
                }
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                reason = "the time limit was reached";
            }
            catch (OutOfStepsException)
            {
                reason = "the space falls into too many parts; parts of it, each by itself, may be decided";
            }
        }
        return new SearchReport(compilation, host, space, [.. regions], reason);
    }
}
