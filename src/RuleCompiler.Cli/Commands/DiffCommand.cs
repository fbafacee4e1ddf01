using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Diffing;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Commands;

/// <summary><c>rulec diff</c>: every packet that one dump treats otherwise than another, or the proof that there is none.</summary>
internal sealed class DiffCommand : RulecCommand
{
    private readonly Argument<string> _old = new("OLD") { Description = "The dump as it was" };

    private readonly Argument<string> _new = new("NEW") { Description = "The dump as it is to be; one of the two may be '-'" };

    private readonly Option<string> _format = new Option<string>("--format")
    {
        HelpName = "text|json|markdown",
        Description = "Text to read (the default), JSON, or Markdown for a pull request",
        DefaultValueFactory = _ => "text",
    }.AcceptOnlyFromAmong("text", "json", "markdown");

    private readonly Option<string?> _host = new("--host")
    {
        HelpName = "FILE",
        Description = "The machine of both dumps (JSON); else one is inferred from each",
    };

    private readonly Option<string?> _oldHost = new("--host-old") { HelpName = "FILE", Description = "The machine of the old dump" };

    private readonly Option<string?> _newHost = new("--host-new") { HelpName = "FILE", Description = "The machine of the new dump" };

    private readonly Option<bool> _strict = new("--strict") { Description = "Count what is logged as a difference too" };

    private readonly LimitOptions _limits = new();
    private readonly DumpOptions _dump = new();

    public override string Name => "diff";

    public override string Summary => "Finds every packet that two dumps treat differently, or proves that there is none";

    public override ImmutableArray<CommandExample> Examples { get; } =
    [
        new("rulec diff before.rules after.rules", "Each region of packets treated otherwise, with a witness and both rules"),
        new("rulec diff before.rules after.rules --format markdown", "The same for a pull request"),
        new("iptables-save | rulec diff approved.rules -", "Whether the machine still does what was approved"),
    ];

    public override void Declare(Command command)
    {
        command.Add(_old);
        command.Add(_new);
        command.Add(_format);
        command.Add(_strict);
        command.Add(_host);
        command.Add(_oldHost);
        command.Add(_newHost);
        _limits.AddTo(command);
        _dump.AddTo(command);
    }

    public override int Run(ParseResult arguments, Session session)
    {
        var (oldPath, newPath) = (arguments.GetRequiredValue(_old), arguments.GetRequiredValue(_new));
        if (oldPath == "-" && newPath == "-")
        {
            throw new CommandFailedException("Only one of the two dumps can come from standard input");
        }
        var (timeout, maxRegions) = _limits.Read(arguments);
        var started = Stopwatch.GetTimestamp();
        var options = _dump.Read(arguments);
        session.Heap.Use = HeapUse.Boxes;
        var (before, after) = DumpCompiler.CompileBoth(oldPath, newPath, options, session);
        var oldHostPath = arguments.GetValue(_oldHost) ?? arguments.GetValue(_host);
        var newHostPath = arguments.GetValue(_newHost) ?? arguments.GetValue(_host);
        var isRead = TryReadHost(oldHostPath, session, out var oldHost);
        var newHost = oldHost;
        isRead = (newHostPath == oldHostPath || TryReadHost(newHostPath, session, out newHost)) && isRead;
        if (before is null || after is null || !isRead)
        {
            return ExitCode.Failed;
        }
        var result = SemanticDiff.Compare(
            before,
            after,
            new DiffOptions { OldHost = oldHost, NewHost = newHost, CountsLogs = arguments.GetValue(_strict), Timeout = LimitOptions.Left(timeout, started), MaxRegions = maxRegions },
            session.Cancellation);
        var report = new DiffReport(before, after, result);
        using var output = ResultOutput.Open(session);
        switch (arguments.GetValue(_format))
        {
            case "json":
                DiffJsonWriter.Write(output, report);
                break;
            case "markdown":
                new DiffMarkdownWriter(output, report).Write();
                break;
            default:
                new DiffTextWriter(output, report, session.UsesOutputColor).Write();
                break;
        }
        output.Complete();
        return result.Equivalence switch
        {
            Equivalence.Equivalent => ExitCode.Done,
            Equivalence.Different => ExitCode.Found,
            _ => ExitCode.Failed,
        };
    }

    private static bool TryReadHost(string? path, Session session, out HostFacts? host)
    {
        host = null;
        if (path is null)
        {
            return true;
        }
        (host, var diagnostics) = HostFactsJson.Read(DumpFile.Read(path, session));
        session.Problems.Write(diagnostics);
        return host is not null;
    }
}
