using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Grammar;
using RuleCompiler.Text;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>Says what is wrong with a line, at the smallest span. <c>Report</c> is for errors, <c>Note</c> for what may be in order.</summary>
internal sealed class LineProblems
{
    private readonly SourceText _text;
    private readonly TokenBuffer _tokens;

    public LineProblems(SourceText text, TokenBuffer tokens)
    {
        _text = text;
        _tokens = tokens;
    }

    public List<Diagnostic> Diagnostics { get; } = [];

    public void ReportTooLong(TextSpan line) => Report(
        SyntaxDiagnostics.LineTooLong, line, line.Length.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reports the first zero byte of a line, if there is one.</summary>
    public void ReportZeroByte(DumpLine line)
    {
        var index = line.Bytes.IndexOf((byte)0);
        if (index >= 0)
        {
            Report(InputDiagnostics.ZeroByte, line.ToSpan(index, index + 1));
        }
    }

    public void ReportDeclarationOutsideTable(TextSpan line) =>
        Report(SyntaxDiagnostics.DeclarationOutsideTable, line, _text.ToString(line));

    public void ReportProgramInTable(int token) => ReportToken(SyntaxDiagnostics.ProgramInTable, token);

    /// <summary>Reports a line of which <paramref name="errorToken"/> is the first token that does not fit.</summary>
    /// <param name="firstToken">The line's first token; all up to the buffer's end are its own.</param>
    /// <param name="errorToken">The buffer's end where a token is missing.</param>
    public void ReportShape(int firstToken, int errorToken)
    {
        var isMissing = errorToken == _tokens.Count;
        // Nothing is said at a place between two tokens: what wants a token behind it is what is wrong.
        var place = isMissing ? errorToken - 1 : errorToken;
        switch (_tokens.GetTokenType(firstToken))
        {
            case IptablesSaveLexer.ASTERISK:
                ReportToken(SyntaxDiagnostics.MissingTableName, firstToken);
                break;
            case IptablesSaveLexer.COLON when errorToken == firstToken + 1:
                ReportToken(SyntaxDiagnostics.MissingChainName, firstToken);
                break;
            case IptablesSaveLexer.COLON:
                ReportToken(SyntaxDiagnostics.MissingPolicy, firstToken + 1);
                break;
            case IptablesSaveLexer.COMMIT:
                Report(SyntaxDiagnostics.TextBehindCommit, RestOfLine(errorToken));
                break;
            default:
                ReportCommandShape(place, isMissing);
                break;
        }
    }

    public void ReportUnreadable(int firstToken)
    {
        switch (_tokens.GetTokenType(firstToken))
        {
            case IptablesSaveLexer.INDENTED_COMMENT:
                var comment = _text.GetBytes(SpanOf(firstToken));
                var start = _tokens.GetStart(firstToken) + comment.IndexOf((byte)'#');
                var length = comment.TrimEnd(" \t\r"u8).Length - comment.IndexOf((byte)'#');
                Report(SyntaxDiagnostics.IndentedComment, new TextSpan(start, length));
                break;
            case IptablesSaveLexer.UNCLOSED_COUNTERS:
                ReportToken(SyntaxDiagnostics.UnclosedCounters, firstToken);
                break;
            default:
                ReportToken(SyntaxDiagnostics.UnreadableLine, firstToken);
                break;
        }
    }

    public void NoteIndentation(int firstToken)
    {
        if (_tokens.GetTokenType(firstToken) is IptablesSaveLexer.ASTERISK or IptablesSaveLexer.COLON
            or IptablesSaveLexer.COMMIT or IptablesSaveLexer.COUNTERS or IptablesSaveLexer.BAD_COUNTERS)
        {
            ReportToken(SyntaxDiagnostics.IndentedLine, firstToken);
        }
    }

    public void NoteIgnoredWords(int firstToken)
    {
        var token = _tokens.Count - 1;
        if (_tokens.GetTokenType(token) != IptablesSaveLexer.IGNORED_WORD)
        {
            return;
        }
        while (_tokens.GetTokenType(token - 1) == IptablesSaveLexer.IGNORED_WORD)
        {
            token--;
        }
        var isPolicyBefore = _tokens.GetTokenType(token - 1) == IptablesSaveLexer.POLICY;
        if (isPolicyBefore && _text.Bytes[_tokens.GetStart(token)] == (byte)'[')
        {
            Report(SyntaxDiagnostics.BadCounters, RestOfLine(token), _text.ToString(RestOfLine(token)));
            return;
        }
        Report(SyntaxDiagnostics.IgnoredText, RestOfLine(token), _text.ToString(SpanOf(firstToken + 1)));
    }

    public void NoteCommand(int firstToken)
    {
        if (_tokens.GetTokenType(firstToken) == IptablesSaveLexer.BAD_COUNTERS)
        {
            ReportToken(SyntaxDiagnostics.BadCounters, firstToken);
        }
        if (_tokens.GetTokenType(_tokens.Count - 1) == IptablesSaveLexer.UNCLOSED_ARGUMENT)
        {
            Report(SyntaxDiagnostics.UnclosedQuote, SpanOf(_tokens.Count - 1));
        }
    }

    private void ReportCommandShape(int place, bool isMissing)
    {
        var type = _tokens.GetTokenType(place);
        if (type == IptablesSaveLexer.BANG)
        {
            // Of two in a row the first negates nothing.
            Report(SyntaxDiagnostics.DanglingNegation, SpanOf(isMissing ? place : place - 1));
        }
        else if (isMissing)
        {
            ReportToken(SyntaxDiagnostics.MissingCommand, place);
        }
        else
        {
            ReportToken(SyntaxDiagnostics.UnreadableLine, place);
        }
    }

    private void ReportToken(DiagnosticDescriptor descriptor, int token) =>
        Report(descriptor, SpanOf(token), _text.ToString(SpanOf(token)));

    private void Report(DiagnosticDescriptor descriptor, TextSpan span, params ReadOnlySpan<string> arguments) =>
        Diagnostics.Add(descriptor.At(new Location(_text, span), [.. arguments]));

    private TextSpan SpanOf(int token) => TextSpan.FromBounds(_tokens.GetStart(token), _tokens.GetEnd(token));

    private TextSpan RestOfLine(int token) =>
        TextSpan.FromBounds(_tokens.GetStart(token), _tokens.GetEnd(_tokens.Count - 1));
}
