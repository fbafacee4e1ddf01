using System.Diagnostics;
using RuleCompiler.Grammar;
using RuleCompiler.Text;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>Reads consecutive lines with one call of the generated parser. For one thread and one block.</summary>
internal sealed class BlockParser
{
    /// <summary>Longest line of a dump, in bytes without its line feed.</summary>
    public const int MaxLineBytes = 64 * 1024;

    private readonly SourceText _text;
    private readonly LineRange _range;
    private readonly CancellationToken _cancellationToken;
    private readonly TokenBuffer _tokens;
    private readonly LineTokenStream _stream;
    private readonly LineRecoveryStrategy _recovery;
    private readonly LineProblems _problems;
    private readonly List<ParsedLine> _lines;
    private readonly List<TextSpan> _toolWarnings = [];
    private int _nextLine;
    private bool _isInTable;

    // The line that the generated parser reads.
    private DumpLine _line;
    private int _firstToken = -1;
    private int _lineNumber;

    private BlockParser(SourceText text, LineRange range, CancellationToken cancellationToken)
    {
        _text = text;
        _range = range;
        _cancellationToken = cancellationToken;
        _nextLine = range.Start;
        _isInTable = range.StartsInTable;
        var endOffset = range.End < text.LineCount ? text.GetLineStart(range.End) : text.Length;
        // A token and its blank take six bytes in real dumps: room for nearly all blocks at once.
        _tokens = new TokenBuffer(16 + ((endOffset - text.GetLineStart(range.Start)) / 5));
        _lines = new List<ParsedLine>(range.End - range.Start);
        _problems = new LineProblems(text, _tokens);
        _stream = new LineTokenStream(_tokens, OpenNextLine);
        _recovery = new LineRecoveryStrategy(_stream);
    }

    /// <summary>Reads the lines of <paramref name="range"/>.</summary>
    public static Block Parse(SourceText text, LineRange range, CancellationToken cancellationToken)
    {
        var block = new BlockParser(text, range, cancellationToken);
        var parser = new IptablesSaveParser(block._stream, TextWriter.Null, TextWriter.Null)
        {
            BuildParseTree = false,
            ErrorHandler = block._recovery,
        };
        parser.RemoveErrorListeners();
        block._stream.OpenNextLine();
        parser.dump();
        return new Block(block._tokens, block._lines, block._problems.Diagnostics, block._toolWarnings);
    }

    /// <summary>Closes the line that was read, and goes on to the next one that the grammar is to read.</summary>
    private int OpenNextLine()
    {
        if (_firstToken >= 0)
        {
            CloseLine(DescribeLine());
        }
        while (_nextLine < _range.End)
        {
            if ((_nextLine & 0xFFF) == 0)
            {
                _cancellationToken.ThrowIfCancellationRequested();
            }
            _line = DumpLine.At(_text, _nextLine);
            _lineNumber = _nextLine + 1;
            _nextLine += _line.LineCount;
            NoteToolWarning();
            if (_line.IsTrivia)
            {
                continue;
            }
            _firstToken = _tokens.Count;
            if (TryFindWhatToRead(out var start, out var end))
            {
                Scan(start, end);
                _recovery.OpenLine();
                return _firstToken;
            }
        }
        return _firstToken = -1;
    }

    private void CloseLine(LineKind kind)
    {
        _lines.Add(new ParsedLine(kind, _firstToken, _tokens.Count - _firstToken, _lineNumber));
        _isInTable = !_range.IsBinary && _line.LeadsIntoTable(_isInTable);
    }

    /// <summary>What of the line the grammar is to read; where it is nothing, the line is closed.</summary>
    private bool TryFindWhatToRead(out int start, out int end)
    {
        start = 0;
        end = _line.Bytes.Length;
        if (_range.IsBinary)
        {
            Skip(LineKind.Outside);
        }
        else if (_isInTable || OutsideText.IsTableHeader(_line))
        {
            if (end <= MaxLineBytes)
            {
                return true;
            }
            _problems.ReportTooLong(_line.ContentSpan);
            Skip(LineKind.Unreadable);
        }
        else if (end > MaxLineBytes)
        {
            Skip(LineKind.Outside);
        }
        else if (OutsideText.IsChainDeclaration(_line.Content))
        {
            _problems.ReportDeclarationOutsideTable(_line.ContentSpan);
            Skip(LineKind.Unreadable);
        }
        else if (OutsideText.TryFindCommand(_line, out start, out end))
        {
            return true;
        }
        else
        {
            Skip(LineKind.Outside);
        }
        return false;
    }

    private void Skip(LineKind kind)
    {
        var span = _line.ContentSpan;
        _tokens.Add(TokenTypes.SkippedText, span.Start, span.End);
        CloseLine(kind);
    }

    private void Scan(int start, int end)
    {
        if (_line.Cut.Length == 0)
        {
            LineScanner.Scan(_text.Bytes, _line.Start + start, _line.Start + end, _tokens);
            return;
        }
        LineScanner.Scan(_line.Bytes, start, end, _tokens);
        for (var token = _firstToken; token < _tokens.Count; token++)
        {
            _tokens.Move(token, _line.ToSpan(_tokens.GetStart(token), _tokens.GetEnd(token)));
        }
    }

    private void NoteToolWarning()
    {
        if (_line.Cut.Length > 0)
        {
            _toolWarnings.Add(_line.Cut);
        }
        else if (_line.IsComment && ToolWarning.IsComplete(_line.Bytes))
        {
            _toolWarnings.Add(_line.ContentSpan);
        }
    }

    /// <summary>Says what kind of line was read, and what is wrong with it.</summary>
    private LineKind DescribeLine()
    {
        _problems.ReportZeroByte(_line);
        if (_recovery.ErrorToken is { } errorToken)
        {
            _problems.ReportShape(_firstToken, errorToken);
            return LineKind.Unreadable;
        }
        var type = _tokens.GetTokenType(_firstToken);
        if (_line.First > 0 && (_isInTable || type == IptablesSaveLexer.ASTERISK))
        {
            _problems.NoteIndentation(_firstToken);
        }
        switch (type)
        {
            case IptablesSaveLexer.COLON:
                _problems.NoteIgnoredWords(_firstToken);
                return LineKind.ChainDeclaration;
            case IptablesSaveLexer.ASTERISK:
                _problems.NoteIgnoredWords(_firstToken);
                return LineKind.TableHeader;
            case IptablesSaveLexer.COMMIT:
                return LineKind.Commit;
            case IptablesSaveLexer.ARGUMENT or IptablesSaveLexer.UNCLOSED_ARGUMENT
                or IptablesSaveLexer.INDENTED_COMMENT or IptablesSaveLexer.UNCLOSED_COUNTERS:
                _problems.ReportUnreadable(_firstToken);
                return LineKind.Unreadable;
            case IptablesSaveLexer.PROGRAM when _isInTable:
                _problems.ReportProgramInTable(_firstToken);
                break;
            case IptablesSaveLexer.PROGRAM or IptablesSaveLexer.COUNTERS or IptablesSaveLexer.BAD_COUNTERS
                or IptablesSaveLexer.BANG or IptablesSaveLexer.OPTION:
                break;
            default:
                throw new UnreachableException($"no line begins with token type {type}");
        }
        _problems.NoteCommand(_firstToken);
        return LineKind.Command;
    }
}
