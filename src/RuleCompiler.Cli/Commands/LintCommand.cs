using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Linting;
using RuleCompiler.Cli.Output;
using RuleCompiler.Linting.Fixing;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Commands;

/// <summary><c>rulec lint</c>: what is provably wrong with dumps, and fixes that provably change no packet's outcome.</summary>
internal sealed class LintCommand : RulecCommand
{
    private const string StandardInput = "-";

    private readonly Argument<string[]> _files = new("FILE")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Dumps: iptables-save text, '-' for standard input, may be .gz; two of one host may be its families",
    };

    private readonly Option<string> _format = new Option<string>("--format")
    {
        HelpName = "text|json|ndjson|sarif|github|junit",
        Description = "Text to read (the default), JSON, SARIF 2.1.0, annotations of GitHub Actions, or JUnit XML",
        DefaultValueFactory = _ => "text",
    }.AcceptOnlyFromAmong("text", "json", "ndjson", "sarif", "github", "junit");

    private readonly Option<bool> _noGroup = new("--no-group")
    {
        Description = "Show each finding of severity info; else one for all of a check in a chain, for 40 chains, and the count of the others",
    };

    private readonly Option<bool> _fix = new("--fix")
    {
        Description = "Rewrite the files where every packet's outcome provably stays the same; of '-' print the result",
    };

    private readonly Option<bool> _diff = new("--diff")
    {
        Description = "With --fix: print what would change as a unified diff, and write nothing; exit 1 if anything would, or for findings that no fix takes away",
    };

    private readonly Option<double?> _timeout = new("--timeout")
    {
        HelpName = "SECONDS",
        Description = "Stop proving after this time; what is not settled then is said to be undecided, exit 2",
    };

    private readonly CheckOptions _checks = new();
    private readonly DumpOptions _dump = new();

    public override string Name => "lint";

    public override string Summary => "Finds rules that provably cannot do what they say, and ways past a sidecar";

    public override ImmutableArray<CommandExample> Examples { get; } =
    [
        new("rulec lint pod.rules", "What is wrong; exit 1 for warnings and errors"),
        new("rulec lint dumps/*.rules --format sarif > lint.sarif", "Many dumps, for a code scanning service"),
        new("rulec lint rules.v4 --fix --diff", "What could go without any packet noticing; without --diff it goes"),
        new("rulec lint rules.v4 --format json > known.json; rulec lint rules.v4 --baseline known.json", "Only what is new"),
        new(
            """-A INPUT -p tcp -m comment --comment "kept for now; rulec:ignore IPT3002" -j DROP""",
            "In a dump: a finding that is accepted, told by the rule's own comment"),
        new(
            """{ "lint": { "ignore": ["IPT3005"], "severity": { "dns-zone": "off" }, "failOn": "error", "baseline": "known.json" } }""",
            "A .rulec.json beside the dumps or above: select, ignore, severity, failOn, baseline, host, profile"),
    ];

    public override void Declare(Command command)
    {
        command.Add(_files);
        command.Add(_format);
        command.Add(_noGroup);
        command.Add(_fix);
        command.Add(_diff);
        _checks.AddTo(command);
        command.Add(_timeout);
        _dump.AddTo(command);
    }

    public override int Run(ParseResult arguments, Session session)
    {
        var (isFix, isDiff) = (arguments.GetValue(_fix), arguments.GetValue(_diff));
        var paths = DumpFile.Resolve(arguments.GetValue(_files), session);
        Refuse(isFix, isDiff, paths, arguments.GetValue(_format));
        using var deadline = CreateDeadline(arguments.GetValue(_timeout));
        var jobs = new LintJobs(_checks.Read(arguments), session, deadline.Token).Plan(paths);
        var linter = new DumpLinter(_dump.Read(arguments), session);
        var report = isFix ? linter.Fix(jobs) : linter.Lint(jobs);
        WriteProblems(report, session);
        return isDiff ? WriteDiffs(report, session)
            : isFix ? WriteReport(WriteFixed(report, session), arguments, session, isBesideDump: paths.Contains(StandardInput))
            : WriteReport(report, arguments, session, isBesideDump: false);
    }

    private static void Refuse(bool isFix, bool isDiff, IReadOnlyList<string> paths, string? format)
    {
        if (isDiff && !isFix)
        {
            throw new CommandFailedException("--diff goes with --fix: it shows what that would do");
        }
        if (isDiff && format != "text")
        {
            throw new CommandFailedException("--diff has a format of its own; leave --format out");
        }
        if (isFix && !isDiff && format != "text" && paths.Contains(StandardInput))
        {
            throw new CommandFailedException("--fix prints standard input's new text, so the report can only be text; leave --format out");
        }
        if (paths.Count(path => path == StandardInput) > 1)
        {
            throw new CommandFailedException("Standard input can be read once");
        }
    }

    /// <exception cref="CommandFailedException">It is no time to wait.</exception>
    private static CancellationTokenSource CreateDeadline(double? seconds)
    {
        const double max = int.MaxValue / 1000;
        return seconds is null ? new CancellationTokenSource()
            : seconds is > 0 and < max ? new CancellationTokenSource(TimeSpan.FromSeconds(seconds.Value))
            : throw new CommandFailedException("--timeout takes seconds, more than 0");
    }

    /// <summary>What keeps a dump from being linted, and what was left undecided; findings are the report's.</summary>
    private static void WriteProblems(LintReport report, Session session)
    {
        foreach (var dump in report.Dumps)
        {
            if (dump.Failure is { } failure)
            {
                session.Problems.Write(failure);
            }
            else if (!dump.IsLinted)
            {
                session.Problems.Write(dump.Compilation?.Diagnostics ?? []);
            }
            foreach (var undecided in dump.Undecided)
            {
                var start = undecided.Location.Start;
                session.Problems.Write(
                    Problem.OfFile(undecided.Location.Source.Path, ToolDiagnostics.LimitReached, $"Undecided: {undecided.Question}") with
                    {
                        Line = start.Line,
                        Column = start.Column,
                    });
            }
        }
    }

    private int WriteReport(LintReport report, ParseResult arguments, Session session, bool isBesideDump)
    {
        using var output = isBesideDump ? ResultOutput.OpenErrors(session) : ResultOutput.Open(session);
        switch (arguments.GetValue(_format))
        {
            case "json":
                LintJsonWriter.Write(output, report);
                break;
            case "ndjson":
                LintJsonWriter.WriteLines(output, report);
                break;
            case "sarif":
                LintSarifWriter.Write(output, report);
                break;
            case "github":
                LintGitHubWriter.Write(output, report);
                break;
            case "junit":
                new LintJunitWriter(report).Write(output);
                break;
            default:
                var usesColor = isBesideDump ? session.UsesErrorColor : session.UsesOutputColor;
                new LintTextWriter(output, report, groups: !arguments.GetValue(_noGroup), usesColor).Write();
                break;
        }
        output.Complete();
        return report.ExitCode;
    }

    /// <summary>Writes the files that are others now, and what came by standard input to standard output.</summary>
    /// <returns>What is true of the files: nothing of one that could not be written.</returns>
    private static LintReport WriteFixed(LintReport report, Session session) =>
        new([.. report.Dumps.Select(dump => WriteFixed(dump, session))]);

    private static LintedDump WriteFixed(LintedDump dump, Session session)
    {
        try
        {
            if (dump.Path == StandardInput && dump.Compilation is { } piped)
            {
                using var output = ResultOutput.Open(session);
                output.Buffer.Append(piped.Tree.Text.Bytes);
                output.Complete();
            }
            else if (dump.Fixes is { HasChanges: true } fixes)
            {
                FixedFile.Write(dump.Path, fixes, session);
            }
            return dump;
        }
        catch (CommandFailedException e)
        {
            session.Problems.Write(e);
            return new LintedDump(dump.Path) { Failure = e.Problem };
        }
    }

    private static int WriteDiffs(LintReport report, Session session)
    {
        using var output = ResultOutput.Open(session);
        foreach (var fixes in report.Dumps.Select(dump => dump.Fixes).OfType<FixResult>())
        {
            WriteDiff(fixes.Before.Tree.Text, fixes.After.Tree.Text, output);
        }
        output.Complete();
        var told = report.FixedCount == 0
            ? "nothing to fix"
            : string.Create(CultureInfo.InvariantCulture, $"{report.FixedCount} to fix; --fix without --diff does it");
        session.Say(LintTextWriter.FindingCounts(report) is { Length: > 0 } others ? $"{told}; no fix for {others}" : told);
        return Math.Max(report.ExitCode, report.FixedCount > 0 ? ExitCode.Found : ExitCode.Done);
    }

    private static void WriteDiff(SourceText before, SourceText after, ResultOutput output)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        UnifiedDiff.Write(writer, before.Path, after.Path, before.ToString(), after.ToString());
        output.Buffer.Append(writer.ToString());
        output.FlushIfFull();
    }
}
