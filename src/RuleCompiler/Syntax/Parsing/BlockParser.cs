using RuleCompiler.Diagnostics;
using RuleCompiler.Grammar;
using RuleCompiler.Text;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>Reads consecutive lines, each with one call of one reused generated parser. For one thread and one block.</summary>
internal sealed class BlockParser
{
    /// <summary>Longest line of a dump, in bytes without its line feed.</summary>
    public const int MaxLineBytes = 64 * 1024;

    private readonly SourceText _text;
    private readonly TokenBuffer _tokens;
    private readonly LineTokenStream _stream;
    private readonly LineRecoveryStrategy _recovery;
    private readonly IptablesSaveParser _parser;
    private readonly LineProblems _problems;

    private BlockParser(SourceText text, int blockBytes)
    {
        _text = text;
        // A token and its blank take six bytes in real dumps: room for nearly all blocks at once.
        _tokens = new TokenBuffer(16 + (blockBytes / 5));
        _problems = new LineProblems(text, _tokens);
        _stream = new LineTokenStream(_tokens);
        _recovery = new LineRecoveryStrategy(_stream);
        _parser = new IptablesSaveParser(_stream, TextWriter.Null, TextWriter.Null)
        {
            BuildParseTree = false,
            ErrorHandler = _recovery,
        };
        _parser.RemoveErrorListeners();
    }

    /// <summary>Reads the lines of <paramref name="range"/>.</summary>
    public static Block Parse(SourceText text, LineRange range, CancellationToken cancellationToken)
    {
        var endOffset = range.End < text.LineCount ? text.GetLineStart(range.End) : text.Length;
        var parser = new BlockParser(text, endOffset - text.GetLineStart(range.Start));
        var lines = new List<ParsedLine>(range.End - range.Start);
        var isInTable = range.StartsInTable;
        for (var lineIndex = range.Start; lineIndex < range.End; lineIndex++)
        {
            if ((lineIndex & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
            var line = DumpLine.At(text, lineIndex);
            if (line.IsTrivia)
            {
                continue;
            }
            var firstToken = parser._tokens.Count;
            var kind = isInTable ? parser.ReadTableLine(line) : parser.ReadOutsideLine(line);
            lines.Add(new ParsedLine(kind, firstToken, parser._tokens.Count - firstToken, lineIndex + 1));
            isInTable = line.LeadsIntoTable(isInTable);
        }
        return new Block(parser._tokens, lines, parser._problems.Diagnostics);
    }

    private LineKind ReadTableLine(DumpLine line)
    {
        if (line.End - line.Start > MaxLineBytes)
        {
            _problems.ReportTooLong(line.Content);
            return Skip(line, LineKind.Unreadable);
        }
        var firstToken = _tokens.Count;
        var kind = ReadLine(line.Start, line.End);
        if (kind == LineKind.Command && _tokens.GetTokenType(firstToken) == IptablesSaveLexer.PROGRAM)
        {
            _problems.ReportProgramInTable(firstToken);
        }
        else if (line.First > line.Start)
        {
            _problems.NoteIndentation(firstToken);
        }
        return kind;
    }

    private LineKind ReadOutsideLine(DumpLine line)
    {
        if (OutsideText.IsTableHeader(line))
        {
            return ReadTableLine(line);
        }
        if (line.End - line.Start > MaxLineBytes)
        {
            return Skip(line, LineKind.Outside);
        }
        if (OutsideText.IsChainDeclaration(line))
        {
            _problems.ReportDeclarationOutsideTable(line.Content);
            ReadLine(line.First, line.End);
            return LineKind.Unreadable;
        }
        var command = OutsideText.FindCommand(line);
        return command < 0 ? Skip(line, LineKind.Outside) : ReadLine(command, line.End);
    }

    private LineKind Skip(DumpLine line, LineKind kind)
    {
        _tokens.Add(TokenTypes.OutsideText, line.Content.Start, line.Content.End);
        return kind;
    }

    private LineKind ReadLine(int start, int end)
    {
        var firstToken = _tokens.Count;
        LineScanner.Scan(_text.Bytes, start, end, _tokens);
        _recovery.Clear();
        _stream.Open(firstToken);
        _parser.line();
        if (_recovery.HasError)
        {
            _problems.ReportShape(firstToken, _recovery.ErrorToken);
            return LineKind.Unreadable;
        }
        switch (_tokens.GetTokenType(firstToken))
        {
            case IptablesSaveLexer.COLON:
                _problems.NoteIgnoredWords(firstToken);
                return LineKind.ChainDeclaration;
            case IptablesSaveLexer.ASTERISK:
                _problems.NoteIgnoredWords(firstToken);
                return LineKind.TableHeader;
            case IptablesSaveLexer.COMMIT:
                return LineKind.Commit;
            case IptablesSaveLexer.ARGUMENT:
            case IptablesSaveLexer.UNCLOSED_ARGUMENT:
            case IptablesSaveLexer.INDENTED_COMMENT:
            case IptablesSaveLexer.UNCLOSED_COUNTERS:
                _problems.ReportUnreadable(firstToken);
                return LineKind.Unreadable;
            default:
                _problems.NoteCommand(firstToken);
                return LineKind.Command;
        }
    }
}
