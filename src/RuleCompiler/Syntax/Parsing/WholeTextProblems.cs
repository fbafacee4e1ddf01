using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>What can be said only once all lines are read: runs of other text, and an input without any dump.</summary>
internal static class WholeTextProblems
{
    public static void Report(SourceText text, TokenTable tokens, ReadOnlySpan<ParsedLine> lines, DiagnosticBag diagnostics)
    {
        var hasDump = false;
        foreach (var line in lines)
        {
            hasDump |= line.Kind != LineKind.Outside;
        }
        if (!hasDump)
        {
            diagnostics.Report(InputRecognition.Recognize(text));
            return;
        }
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index].Kind != LineKind.Outside)
            {
                continue;
            }
            var first = index;
            while (index + 1 < lines.Length && lines[index + 1].Kind == LineKind.Outside)
            {
                index++;
            }
            var span = TextSpan.FromBounds(
                tokens.GetSpan(lines[first].FirstToken).Start,
                tokens.GetSpan(lines[index].FirstToken).End);
            var count = index - first + 1;
            diagnostics.Report(InputDiagnostics.SkippedText.At(
                new Location(text, span),
                count == 1 ? "a line that is" : count.ToString(CultureInfo.InvariantCulture) + " lines that are"));
        }
    }
}
