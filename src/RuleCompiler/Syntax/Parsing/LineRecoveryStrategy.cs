using System.Diagnostics;
using Antlr4.Runtime;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>
/// Notes the first token of a line that does not fit, and gives up the rest of that line. The next line starts
/// afresh, so there is nothing to resynchronise; and no exception is thrown, since a file may have a million such lines.
/// </summary>
internal sealed class LineRecoveryStrategy : IAntlrErrorStrategy
{
    private readonly LineTokenStream _stream;

    public LineRecoveryStrategy(LineTokenStream stream) => _stream = stream;

    /// <summary>Index of the token that does not fit, the line's end standing for a missing one; null where all fit.</summary>
    public int? ErrorToken { get; private set; }

    public void OpenLine() => ErrorToken = null;

    public IToken RecoverInline(Parser recognizer)
    {
        ErrorToken ??= _stream.Index;
        _stream.SkipToLineBreak();
        return _stream.LT(1);
    }

    public void ReportError(Parser recognizer, RecognitionException e) => throw NotThrown(e);

    public void Recover(Parser recognizer, RecognitionException e) => throw NotThrown(e);

    public bool InErrorRecoveryMode(Parser recognizer) => ErrorToken is not null;

    public void Sync(Parser recognizer)
    {
        // A token that fits nowhere is found where it is matched.
    }

    public void ReportMatch(Parser recognizer)
    {
        // An error is kept to the line's end, not to the next match.
    }

    public void Reset(Parser recognizer) => OpenLine();

    private static UnreachableException NotThrown(RecognitionException e) =>
        new("the dump grammar has a decision that can fail; every choice in it must leave a way on", e);
}
