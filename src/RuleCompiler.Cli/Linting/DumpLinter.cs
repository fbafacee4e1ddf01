using System.Collections.Immutable;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Linting;
using RuleCompiler.Linting.Fixing;

namespace RuleCompiler.Cli.Linting;

/// <summary>Reads dumps and lints them, several at a time; the results are in the order of the jobs.</summary>
internal sealed class DumpLinter(CompilationOptions options, Session session)
{
    public LintReport Lint(ImmutableArray<LintJob> jobs)
    {
        var dumps = ReadAll(jobs);
        var results = Linter.Run(
            [.. dumps.Zip(jobs).Where(dump => dump.First.Compilation is not null)
                .Select(dump => new LintInput(Required(dump.First), dump.Second.Options))],
            session.Cancellation);
        var next = 0;
        return new LintReport(
            [.. dumps.Select(dump => dump.Compilation is null ? dump : dump with { Result = results[next++] })]);
    }

    /// <summary>Carries out what is proven to change no packet's outcome; nothing is written yet.</summary>
    public LintReport Fix(ImmutableArray<LintJob> jobs)
    {
        var dumps = ReadAll(jobs);
        ForEach(jobs.Length, index => dumps[index] = dumps[index] switch
        {
            { Compilation: null } unread => unread,
            { Compilation.HasErrors: true } broken => broken with { Result = Linter.Run(Required(broken), jobs[index].Options, session.Cancellation) },
            var dump => Fixed(dump, Linter.Fix(new LintInput(Required(dump), jobs[index].Options), isWanted: static _ => true, session.Cancellation)),
        });
        return new LintReport([.. dumps]);
    }

    private static LintedDump Fixed(LintedDump dump, FixResult fixes) =>
        dump with { Compilation = fixes.After, Result = fixes.Result, Fixes = fixes };

    private LintedDump[] ReadAll(ImmutableArray<LintJob> jobs)
    {
        var dumps = new LintedDump[jobs.Length];
        ForEach(jobs.Length, index => dumps[index] = Read(jobs[index]));
        return dumps;
    }

    private LintedDump Read(LintJob job)
    {
        var dump = new LintedDump(job.Path) { Baseline = job.Baseline, FailOn = job.FailOn, GivenHost = job.Options.Host };
        try
        {
            return dump with { Compilation = DumpCompiler.Bind(job.Path, options, session) };
        }
        catch (CommandFailedException e) when (e.Problem is { } problem)
        {
            return dump with { Failure = problem };
        }
    }

    private static Compilation Required(LintedDump dump) =>
        dump.Compilation ?? throw new InvalidOperationException("the dump was not read");

    private void ForEach(int count, Action<int> work)
    {
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = session.Cancellation };
        Parallel.For(0, count, parallelism, work);
    }
}
