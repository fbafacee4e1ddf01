using System.Diagnostics;
using System.Globalization;
using RuleCompiler.Cli.Output;
using RuleCompiler.Syntax;

namespace RuleCompiler.Cli.Input;

/// <summary>Reads and compiles a dump, and reports all its problems.</summary>
internal static class DumpCompiler
{
    /// <summary>More are refused: the largest known dumps have a tenth of it, and some input is no honest dump.</summary>
    private const int MaxRules = 2_000_000;

    /// <returns>Null where the dump has errors: they are reported then, and there is nothing to work on.</returns>
    /// <exception cref="CommandFailedException">It cannot be read.</exception>
    public static Compilation? Compile(string path, CompilationOptions options, Session session)
    {
        var compilation = Bind(path, options, session);
        session.Inputs.Add(compilation);
        session.Problems.Write(compilation.Diagnostics);
        session.Cancellation.ThrowIfCancellationRequested();
        if (compilation.HasErrors)
        {
            return null;
        }
        var started = Stopwatch.GetTimestamp();
        var rows = compilation.Families.Sum(family => compilation.GetTables(family)?.Tables.Sum(table => table.Rows.Length) ?? 0);
        var elapsed = Stopwatch.GetElapsedTime(started);
        session.Logger.FinishedStage(compilation.Tree.Text.Path, "lower", rows, "rows", elapsed);
        return compilation;
    }

    /// <summary>Reads and binds a dump; its problems are left to the caller. From any thread.</summary>
    /// <exception cref="CommandFailedException">It cannot be read.</exception>
    public static Compilation Bind(string path, CompilationOptions options, Session session)
    {
        var text = DumpFile.Read(path, session);
        session.Heap.MakeFor(text.Length);
        var started = Stopwatch.GetTimestamp();
        var tree = SyntaxTree.Parse(text, session.Cancellation);
        var elapsed = Stopwatch.GetElapsedTime(started);
        session.Logger.FinishedStage(text.Path, "parse", text.LineCount, "lines", elapsed);
        RefuseTooMany(tree);
        started = Stopwatch.GetTimestamp();
        var compilation = Compilation.Create(tree, options, session.Cancellation);
        var diagnostics = compilation.Diagnostics;
        elapsed = Stopwatch.GetElapsedTime(started);
        session.Logger.FinishedStage(text.Path, "bind", diagnostics.Length, "problems", elapsed);
        return compilation;
    }

    /// <summary>Two dumps, each on a core of its own; problems and logs come in order.</summary>
    /// <inheritdoc cref="Compile"/>
    public static (Compilation? First, Compilation? Second) CompileBoth(string first, string second, CompilationOptions options, Session session)
    {
        var (one, other) = (DumpFile.Read(first, session), DumpFile.Read(second, session));
        session.Heap.MakeFor(one.Length + other.Length);
        var started = Stopwatch.GetTimestamp();
        var compilations = new Compilation[2];
        Parallel.For(0, 2, new ParallelOptions { CancellationToken = session.Cancellation }, i =>
        {
            var tree = SyntaxTree.Parse(i == 0 ? one : other, session.Cancellation);
            compilations[i] = Compilation.Create(tree, options, session.Cancellation);
            if (!compilations[i].HasErrors)
            {
                _ = compilations[i].Families.Sum(family => compilations[i].GetTables(family)?.Tables.Length ?? 0);
            }
        });
        var elapsed = Stopwatch.GetElapsedTime(started);
        session.Logger.FinishedStage(second, "compile both", one.LineCount + other.LineCount, "lines", elapsed);
        foreach (var compilation in compilations)
        {
            RefuseTooMany(compilation.Tree);
            session.Inputs.Add(compilation);
            session.Problems.Write(compilation.Diagnostics);
        }
        session.Cancellation.ThrowIfCancellationRequested();
        return (compilations[0].HasErrors ? null : compilations[0], compilations[1].HasErrors ? null : compilations[1]);
    }

    private static void RefuseTooMany(SyntaxTree tree)
    {
        var count = tree.Lines.Length <= MaxRules ? 0 : tree.Lines.Count(line => line is RuleSyntax);
        if (count > MaxRules)
        {
            throw new CommandFailedException(Problem.OfFile(
                tree.Text.Path,
                ToolDiagnostics.LimitReached,
                string.Create(CultureInfo.InvariantCulture, $"The dump has {count:N0} rules; at most {MaxRules:N0} are read")));
        }
    }
}
