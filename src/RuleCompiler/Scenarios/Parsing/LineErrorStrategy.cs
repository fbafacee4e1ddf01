using Antlr4.Runtime;
using RuleCompiler.Grammar;

namespace RuleCompiler.Scenarios.Parsing;

/// <summary>Gives up the rest of a line with an error; the next one starts afresh.</summary>
internal sealed class LineErrorStrategy : DefaultErrorStrategy
{
    public override void Recover(Parser recognizer, RecognitionException e) => SkipToLineEnd(recognizer);

    public override IToken RecoverInline(Parser recognizer)
    {
        ReportError(recognizer, new InputMismatchException(recognizer));
        SkipToLineEnd(recognizer);
        if (recognizer.GetExpectedTokens().Contains(recognizer.CurrentToken.Type))
        {
            var lineEnd = recognizer.CurrentToken;
            recognizer.Consume();
            return lineEnd;
        }
        return GetMissingSymbol(recognizer);
    }

    public override void Sync(Parser recognizer)
    {
        // A token that fits nowhere is found where it is matched.
    }

    public override void ReportError(Parser recognizer, RecognitionException e) =>
        recognizer.NotifyErrorListeners(e.OffendingToken, "", e);

    private static void SkipToLineEnd(Parser recognizer)
    {
        while (recognizer.CurrentToken.Type is not (ScenarioParser.NEWLINE or TokenConstants.EOF))
        {
            recognizer.Consume();
        }
    }
}
