using Antlr4.Runtime;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>The one token object that ANTLR sees: it stands for whichever token the parser has reached.</summary>
internal sealed class CurrentToken : IToken
{
    public int Type { get; set; }

    public int TokenIndex => 0;

    public string Text => "";

    public int Line => 0;

    public int Column => 0;

    public int Channel => TokenConstants.DefaultChannel;

    public int StartIndex => 0;

    public int StopIndex => 0;

    public ITokenSource? TokenSource => null;

    public ICharStream? InputStream => null;
}
