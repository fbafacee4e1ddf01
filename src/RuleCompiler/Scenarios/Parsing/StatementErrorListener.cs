using Antlr4.Runtime;
using RuleCompiler.Diagnostics;
using RuleCompiler.Grammar;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios.Parsing;

/// <summary>Says in the language's own terms what the parser missed; the first thing of each line.</summary>
internal sealed class StatementErrorListener(SourceText text, DiagnosticBag diagnostics) : IAntlrErrorListener<IToken>
{
    private int _lastLine;

    public void SyntaxError(
        TextWriter output, IRecognizer recognizer, IToken offendingSymbol, int line, int charPositionInLine, string msg, RecognitionException e)
    {
        var context = ((Parser)recognizer).RuleContext;
        if (line == _lastLine || IsInPacket(context))
        {
            return; // packets are read, and their problems reported, by the packet language itself
        }
        _lastLine = line;
        var isLineEnd = offendingSymbol.Type is ScenarioParser.NEWLINE or TokenConstants.EOF;
        var span = isLineEnd
            ? new TextSpan(Math.Min(offendingSymbol.StartIndex, text.Length), 0)
            : TextSpan.FromBounds(offendingSymbol.StartIndex, offendingSymbol.StopIndex + 1);
        diagnostics.Report(ScenarioDiagnostics.UnexpectedText.At(
            new Location(text, span), Expected(context), isLineEnd ? "the end of the line" : $"'{text.ToString(span)}'"));
    }

    private static bool IsInPacket(RuleContext? context)
    {
        while (context is not null and not ScenarioParser.PacketContext)
        {
            context = context.Parent;
        }
        return context is not null;
    }

    private static string Expected(RuleContext context) => context switch
    {
        ScenarioParser.QuotedContext { Parent: ScenarioParser.StatementContext statement } =>
            statement.DUMP() is not null || statement.HOST() is not null ? "a path in quotes" : "a name in quotes",
        ScenarioParser.ConditionContext or ScenarioParser.TestContext { ChildCount: 0 } => $"a condition: {ScenarioWords.ConditionList}",
        ScenarioParser.WordContext { Parent: ScenarioParser.TestContext { Start: { } keyword } } => $"what '{keyword.Text}' needs",
        ScenarioParser.TestContext { Start: { } keyword } => $"what '{keyword.Text}' needs",
        ScenarioParser.WordContext => "a name",
        _ => "the end of the line",
    };
}
