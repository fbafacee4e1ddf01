using Antlr4.Runtime;
using Antlr4.Runtime.Misc;
using RuleCompiler.Grammar;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>
/// Shows the tokens of one line to the generated parser, and a line break behind them. Nothing is allocated
/// for a token or a line: that, not parsing, is what makes ANTLR slow on a large file.
/// </summary>
internal sealed class LineTokenStream : ITokenStream
{
    private readonly TokenBuffer _tokens;
    private readonly LineToken _current = new();
    private int _end;
    private int _index;

    public LineTokenStream(TokenBuffer tokens) => _tokens = tokens;

    public int Index => _index;

    public int Size => _end;

    public string SourceName => "";

    public ITokenSource TokenSource => throw new NotSupportedException("tokens come from a buffer");

    /// <summary>Goes to the line whose tokens begin at <paramref name="first"/> and reach to the buffer's end.</summary>
    public void Open(int first)
    {
        _end = _tokens.Count;
        Seek(first);
    }

    /// <summary>Goes to the line break: what is left of a line in error is not read.</summary>
    public void SkipToLineBreak() => Seek(_end);

    public void Consume() => Seek(_index + 1);

    public int LA(int offset) => GetTokenType(_index + offset - 1);

    /// <summary>The current token, for every offset: of others the parser only notes where a rule began and ended.</summary>
    public IToken LT(int offset) => _current;

    public IToken Get(int index) => throw new NotSupportedException("only the current token has an object");

    public void Seek(int index)
    {
        _index = index;
        _current.TokenIndex = index;
        _current.Type = GetTokenType(index);
    }

    public int Mark() => 0;

    public void Release(int marker)
    {
        // Nothing is dropped while a line is read, so no place needs to be held.
    }

    public string GetText() => "";

    public string GetText(Interval interval) => "";

    public string GetText(RuleContext context) => "";

    public string GetText(IToken start, IToken stop) => "";

    private int GetTokenType(int index) => index < _end ? _tokens.GetTokenType(index) : IptablesSaveLexer.NEWLINE;
}
