using Antlr4.Runtime;
using Antlr4.Runtime.Misc;
using RuleCompiler.Grammar;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>
/// Shows the generated parser one line after the other, each with a line break behind it. Nothing is allocated
/// for a token: that, not parsing, is what makes ANTLR slow on a large file.
/// </summary>
internal sealed class LineTokenStream : ITokenStream
{
    private readonly TokenBuffer _tokens;
    private readonly Func<int> _openNextLine;
    private readonly CurrentToken _current = new();
    private int _end;

    /// <param name="tokens">Where the tokens are.</param>
    /// <param name="openNextLine">Called at each line's end: puts the next line's tokens at the buffer's end and says where they begin; -1 behind the last line.</param>
    public LineTokenStream(TokenBuffer tokens, Func<int> openNextLine)
    {
        _tokens = tokens;
        _openNextLine = openNextLine;
    }

    /// <summary>Index in the buffer of the current token; at a line break the buffer's token count.</summary>
    public int Index { get; private set; }

    public int Size => _tokens.Count;

    public string SourceName => "";

    public ITokenSource TokenSource => throw new NotSupportedException("tokens come from a buffer");

    public void OpenNextLine()
    {
        Index = _openNextLine();
        _end = _tokens.Count;
        _current.Type = Index < 0 ? TokenConstants.EOF : TypeAt(Index);
    }

    /// <summary>Goes to the line break: what is left of a line in error is not read.</summary>
    public void SkipToLineBreak()
    {
        Index = _end;
        _current.Type = IptablesSaveLexer.NEWLINE;
    }

    public void Consume()
    {
        if (Index == _end)
        {
            OpenNextLine();
            return;
        }
        Index++;
        _current.Type = TypeAt(Index);
    }

    /// <summary>The current token's type, for every offset: the grammar is LL(1).</summary>
    public int LA(int offset) => _current.Type;

    /// <summary>The current token, for every offset: of others the parser only notes where a rule began and ended.</summary>
    public IToken LT(int offset) => _current;

    public IToken Get(int index) => throw new NotSupportedException("only the current token has an object");

    public void Seek(int index) => throw new NotSupportedException("lines are read once");

    public int Mark() => 0;

    public void Release(int marker)
    {
        // Nothing is looked at twice, so nothing is held.
    }

    public string GetText() => "";

    public string GetText(Interval interval) => "";

    public string GetText(RuleContext context) => "";

    public string GetText(IToken start, IToken stop) => "";

    private int TypeAt(int index) => index < _end ? _tokens.GetTokenType(index) : IptablesSaveLexer.NEWLINE;
}
