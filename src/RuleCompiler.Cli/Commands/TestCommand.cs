using System.Collections.Immutable;
using System.CommandLine;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Cli.Testing;
using RuleCompiler.Scenarios;

namespace RuleCompiler.Cli.Commands;

/// <summary><c>rulec test</c>: runs scenario files.</summary>
internal sealed class TestCommand : RulecCommand
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Scenario files (.flows), '-' for standard input",
    };

    private readonly Option<string?> _accept = new("--accept")
    {
        HelpName = "NAME",
        Arity = ArgumentArity.ZeroOrOne,
        Description = "Take the traces that came as the new snapshots: of the scenario NAME, or without it of all that are run",
    };

    private readonly Option<string?> _filter = new("--filter")
    {
        HelpName = "NAME",
        Description = "Only scenarios and claims with this in their name, in any case",
    };

    private readonly Option<bool> _received = new("--write-received")
    {
        Description = "Leave .received.txt files in CI too, where CI=true otherwise means that nothing is written",
    };

    private readonly Option<string?> _init = new("--init")
    {
        HelpName = "DUMP",
        Description = "Write a first scenario file for this dump: its flows, and a packet for each rule that can be hit",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = "OUT",
        Description = "With --init, write to this file instead of standard output",
    };

    private readonly Option<string> _format = new Option<string>("--format")
    {
        HelpName = "text|json|junit|github",
        Description = "Text to read (the default), one JSON object, JUnit XML, or annotations of GitHub Actions",
        DefaultValueFactory = _ => "text",
    }.AcceptOnlyFromAmong("text", "json", "junit", "github");

    public override string Name => "test";

    public override string Summary => "Runs scenario files: expectations, claims, and snapshots of traces";

    public override ImmutableArray<CommandExample> Examples { get; } =
    [
        new("rulec test pod.flows", "Each scenario, and what is not as expected"),
        new("rulec test pod.flows --accept \"the six flows\"", "Take one scenario's new trace as its snapshot"),
        new("rulec test --init pod.rules -o pod.flows", "Begin a scenario file with what the rules do today"),
        new("rulec test *.flows --format junit > results.xml", "For a CI server"),
    ];

    public override void Declare(Command command)
    {
        command.Add(_files);
        command.Add(_accept);
        command.Add(_filter);
        command.Add(_received);
        command.Add(_init);
        command.Add(_output);
        command.Add(_format);
    }

    public override int Run(ParseResult arguments, Session session)
    {
        if (arguments.GetValue(_init) is { } dump)
        {
            return Initialize(dump, arguments.GetValue(_output), session);
        }
        var isAccepting = arguments.GetResult(_accept) is not null;
        var (accepted, paths) = SplitAccept(arguments.GetValue(_accept), arguments.GetValue(_files) ?? []);
        var writesReceived = isAccepting || !session.Streams.IsCi || arguments.GetValue(_received);
        var request = new TestRequest(isAccepting && accepted is null, accepted, writesReceived, arguments.GetValue(_filter));
        var files = RunAll(DumpFile.Resolve(paths, session), new TestRunner(request, session), session, out var isUnreadable);
        if (accepted is not null && files.Length > 0 && files.All(f => f.Environment is not null)
            && !files.Any(f => f.Results.Any(r => r.Item is Scenario { Snapshot: not null } && request.IsAccepted(r.Item.Name.Text))))
        {
            throw new CommandFailedException($"No scenario with a snapshot is called '{accepted}'");
        }
        if (request.Filter is { } filter && files.Length > 0 && files.All(f => f.Environment is not null && f.Results.IsEmpty))
        {
            throw new CommandFailedException($"No scenario or claim has '{filter}' in its name");
        }
        using var output = ResultOutput.Open(session);
        switch (arguments.GetValue(_format))
        {
            case "json":
                TestJsonWriter.Write(output, files);
                break;
            case "junit":
                new TestJunitWriter(files).Write(output);
                break;
            case "github":
                TestGitHubWriter.Write(output, files);
                break;
            default:
                new TestTextWriter(output, session.UsesOutputColor).Write(files);
                break;
        }
        output.Complete();
        return isUnreadable || files.Any(f => f.HasErrors) ? ExitCode.Failed
            : files.Any(f => f.Count(TestStatus.Failed) > 0) ? ExitCode.Found
            : ExitCode.Done;
    }

    /// <summary>In <c>--accept pod.flows</c> the word is a file, not a scenario's name.</summary>
    private static (string? Accepted, string[] Paths) SplitAccept(string? word, string[] paths) =>
        word is not null && (word == "-" || word.EndsWith(".flows", StringComparison.OrdinalIgnoreCase) || File.Exists(word))
            ? (null, [word, .. paths])
            : (word, paths);

    private static int Initialize(string dump, string? output, Session session)
    {
        if (DumpCompiler.Compile(dump, new CompilationOptions(), session) is not { } compilation)
        {
            return ExitCode.Failed;
        }
        var folder = output is null or "-" || dump == "-" ? null : Path.GetDirectoryName(Path.GetFullPath(output));
        var path = folder is null ? dump : Path.GetRelativePath(folder, Path.GetFullPath(dump)).Replace('\\', '/');
        using var file = ResultOutput.Open(session, output);
        foreach (var part in ScenarioStarter.Write(compilation, path, session.Cancellation))
        {
            file.Buffer.Append(part);
            file.FlushIfFull();
        }
        file.Complete();
        return ExitCode.Done;
    }

    /// <summary>A file that cannot be read is reported, and the others run.</summary>
    private static ImmutableArray<TestFile> RunAll(
        IReadOnlyList<string> paths, TestRunner runner, Session session, out bool isUnreadable)
    {
        var files = ImmutableArray.CreateBuilder<TestFile>(paths.Count);
        isUnreadable = false;
        foreach (var path in paths)
        {
            try
            {
                var file = runner.Run(path);
                session.Problems.Write(file.Diagnostics);
                files.Add(file);
            }
            catch (CommandFailedException e)
            {
                session.Problems.Write(e);
                isUnreadable = true;
            }
        }
        return files.DrainToImmutable();
    }
}
