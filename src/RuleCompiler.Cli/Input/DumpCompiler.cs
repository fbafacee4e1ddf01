using System.Diagnostics;
using RuleCompiler.Syntax;

namespace RuleCompiler.Cli.Input;

/// <summary>Reads and compiles a dump, and reports all its problems.</summary>
internal static class DumpCompiler
{
    /// <returns>Null where the dump has errors: they are reported then, and there is nothing to work on.</returns>
    /// <exception cref="CommandFailedException">It cannot be read.</exception>
    public static Compilation? Compile(string path, CompilationOptions options, Session session)
    {
        var text = DumpFile.Read(path, session);
        var started = Stopwatch.GetTimestamp();
        var tree = SyntaxTree.Parse(text, session.Cancellation);
        var elapsed = Stopwatch.GetElapsedTime(started);
        session.Logger.FinishedStage(text.Path, "parse", text.LineCount, "lines", elapsed);
        started = Stopwatch.GetTimestamp();
        var compilation = Compilation.Create(tree, options, session.Cancellation);
        var diagnostics = compilation.Diagnostics;
        elapsed = Stopwatch.GetElapsedTime(started);
        session.Logger.FinishedStage(text.Path, "bind", diagnostics.Length, "problems", elapsed);
        session.Problems.Write(diagnostics);
        session.Cancellation.ThrowIfCancellationRequested();
        return compilation.HasErrors ? null : compilation;
    }
}
