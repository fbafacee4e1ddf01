using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints the line that every problem and finding has: <c>PATH(LINE,COLUMN): error IPT1003: message</c>.</summary>
internal static class ProblemText
{
    public static void WriteLine(Utf8Buffer buffer, Problem problem, bool usesColor)
    {
        buffer.AppendDisplayed(problem.Path);
        if (problem is { Line: { } line, Column: { } column })
        {
            buffer.Append(string.Create(CultureInfo.InvariantCulture, $"({line},{column})"));
        }
        buffer.Append(": "u8);
        buffer.Append(usesColor ? Color(problem.Severity) : []);
        buffer.Append(Problem.Word(problem.Severity));
        buffer.Append((byte)' ');
        buffer.Append(problem.Id);
        buffer.Append(usesColor ? Ansi.Reset : []);
        buffer.Append(": "u8);
        buffer.AppendDisplayed(problem.Message);
        buffer.Append((byte)'\n');
    }

    public static ReadOnlySpan<byte> Color(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => Ansi.Red,
        DiagnosticSeverity.Warning => Ansi.Yellow,
        _ => Ansi.Cyan,
    };
}
