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
