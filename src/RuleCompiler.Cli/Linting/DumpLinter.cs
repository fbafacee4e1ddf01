using System.Collections.Immutable;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Linting;

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
            [.. dumps.Select(dump => dump.Compilation is null ? dump : With(dump, results[next++]))]);
    }

    /// <summary>Carries out what is proven to change no packet's outcome; nothing is written yet.</summary>
    public LintReport Fix(ImmutableArray<LintJob> jobs)
    {
        var dumps = ReadAll(jobs);
        ForEach(jobs.Length, index => dumps[index] = dumps[index] switch
        {
            { Compilation: null } unread => unread,
            { Compilation.HasErrors: true } broken => With(broken, Linter.Run(Required(broken), jobs[index].Options, session.Cancellation)),
            var dump => Fix(dump, jobs[index].Options),
        });
        return new LintReport([.. dumps]);
    }

    private LintedDump Fix(LintedDump dump, LintOptions options)
    {
        try
        {
            var fixes = Linter.Fix(new LintInput(Required(dump), options), isWanted: static _ => true, session.Cancellation);
            return With(dump with { Compilation = fixes.After, Fixes = fixes }, fixes.Result);
        }
#pragma warning disable CA1031 // whatever goes wrong with one dump, the others can be fixed
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return Faulty(dump, e);
        }
    }

    private LintedDump With(LintedDump dump, LintResult result) =>
        result.Fault is { } fault ? Faulty(dump, fault) : dump with { Result = result };

    /// <summary>A dump that the linter failed on: nothing is said of it, and nothing of it is written.</summary>
    private LintedDump Faulty(LintedDump dump, Exception fault)
    {
        var message = ToolDiagnostics.InternalError.Format(
            [session.Verbosity == Verbosity.Diagnostic ? fault.ToString() : $"{fault.GetType().Name}: {fault.Message}"]);
        return dump with { Compilation = null, Fixes = null, Failure = Problem.OfFile(DumpFile.NameOf(dump.Path), ToolDiagnostics.InternalError, message) };
    }

    private LintedDump[] ReadAll(ImmutableArray<LintJob> jobs)
    {
        session.Heap.Use = HeapUse.Proofs;
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
#pragma warning disable CA1031 // whatever goes wrong with one dump, the others can be linted
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return Faulty(dump, e);
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
