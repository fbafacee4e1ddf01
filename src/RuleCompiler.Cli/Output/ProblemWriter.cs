using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Writes problems to standard error, a line each; on a terminal with the source line and a caret below.</summary>
internal sealed class ProblemWriter(Stream stream, Verbosity verbosity, bool usesColor, bool showsSource)
{
    private const int FlushBytes = 32 * 1024;

    private readonly List<Problem> _written = [];

    /// <summary>All problems written so far.</summary>
    public ImmutableArray<Problem> Written => [.. _written];

    /// <summary>Why a command could not go on.</summary>
    /// <returns>The exit code to end with.</returns>
    public int Write(CommandFailedException failure)
    {
        using var buffer = new Utf8Buffer();
        if (failure.Problem is { } problem)
        {
            _written.Add(problem);
            ProblemText.WriteLine(buffer, problem, usesColor);
        }
        else
        {
            buffer.Append("rulec: "u8);
            buffer.AppendDisplayed(failure.Message);
            buffer.Append((byte)'\n');
        }
        stream.Write(buffer.WrittenSpan);
        return ExitCode.Failed;
    }

    /// <summary>A problem of a whole file, or one that has no more to show than its line.</summary>
    public void Write(Problem problem)
    {
        _written.Add(problem);
        using var buffer = new Utf8Buffer();
        ProblemText.WriteLine(buffer, problem, usesColor);
        stream.Write(buffer.WrittenSpan);
    }

    public void Write(IEnumerable<Diagnostic> diagnostics)
    {
        using var buffer = new Utf8Buffer();
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic.Severity == DiagnosticSeverity.Info && verbosity == Verbosity.Quiet)
            {
                continue;
            }
            var problem = Problem.Of(diagnostic);
            _written.Add(problem);
            ProblemText.WriteLine(buffer, problem, usesColor);
            if (showsSource)
            {
                SourceExcerpt.Write(
                    buffer,
                    new RelatedLocation(diagnostic.Location, ""),
                    diagnostic.Related,
                    usesColor ? ProblemText.Color(diagnostic.Severity) : []);
            }
            if (buffer.Length >= FlushBytes)
            {
                stream.Write(buffer.WrittenSpan);
                buffer.Clear();
            }
        }
        stream.Write(buffer.WrittenSpan);
    }

    /// <summary>A fault of the tool: what happened and how to report it; the stack trace for its authors only.</summary>
    public void WriteInternalError(Exception exception)
    {
        var message = $"Internal error: {exception.GetType().Name}: {exception.Message}";
        using var buffer = new Utf8Buffer();
        var problem = Problem.OfFile("rulec", ToolDiagnostics.InternalError, message);
        _written.Add(problem);
        ProblemText.WriteLine(buffer, problem, usesColor);
        if (verbosity == Verbosity.Diagnostic)
        {
            buffer.Append(exception.ToString());
            buffer.Append((byte)'\n');
        }
        else
        {
            buffer.Append("This is a fault of rulec. 'rulec explain IPT9001' says how to report it.\n"u8);
        }
        stream.Write(buffer.WrittenSpan);
    }
}
