using Antlr4.Runtime;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>
/// Notes the first token of a line that does not fit, and gives up the rest of that line. The next line starts
/// afresh, so there is nothing to resynchronise and no exception to throw.
/// </summary>
internal sealed class LineRecoveryStrategy : IAntlrErrorStrategy
{
    private readonly LineTokenStream _stream;

    public LineRecoveryStrategy(LineTokenStream stream) => _stream = stream;

    /// <summary>Whether the line since <see cref="Clear"/> has the grammar's shape.</summary>
    public bool HasError { get; private set; }

    /// <summary>Index of the token that does not fit; the line's end stands for a missing one.</summary>
    public int ErrorToken { get; private set; }

    public void Clear() => HasError = false;

    public IToken RecoverInline(Parser recognizer)
    {
        Note();
        return _stream.LT(1);
    }

    public void ReportError(Parser recognizer, RecognitionException e) => Note();

    public void Recover(Parser recognizer, RecognitionException e) => _stream.SkipToLineBreak();

    public bool InErrorRecoveryMode(Parser recognizer) => HasError;

    public void Sync(Parser recognizer)
    {
        // The grammar is LL(1): a token that fits nowhere is found where it is matched.
    }

    public void ReportMatch(Parser recognizer)
    {
        // Errors are kept a line long, not until the next match.
    }

    public void Reset(Parser recognizer) => Clear();

    private void Note()
    {
        if (!HasError)
        {
            HasError = true;
            ErrorToken = _stream.Index;
        }
        _stream.SkipToLineBreak();
    }
}
