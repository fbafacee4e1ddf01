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
    private int _nextLine;
    private bool _isInTable;

    // The line that the generated parser reads.
    private DumpLine _line;
    private int _firstToken = -1;

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
        return new Block(block._tokens, block._lines, block._problems.Diagnostics);
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
            _line = DumpLine.At(_text, _nextLine++);
            if (_line.IsTrivia)
            {
                continue;
            }
            _firstToken = _tokens.Count;
            var start = FindStart();
            if (start >= 0)
            {
                LineScanner.Scan(_text.Bytes, start, _line.End, _tokens);
                _recovery.OpenLine();
                return _firstToken;
            }
        }
        return _firstToken = -1;
    }

    private void CloseLine(LineKind kind)
    {
        _lines.Add(new ParsedLine(kind, _firstToken, _tokens.Count - _firstToken, _nextLine));
        _isInTable = _line.LeadsIntoTable(_isInTable);
    }

    /// <summary>Where the grammar is to begin with the line; -1 where it is not to read it, and the line is closed.</summary>
    private int FindStart()
    {
        var belongsToTable = _isInTable || OutsideText.IsTableHeader(_line);
        if (_line.End - _line.Start > MaxLineBytes)
        {
            if (belongsToTable)
            {
                _problems.ReportTooLong(_line.Content);
            }
            return Skip(belongsToTable ? LineKind.Unreadable : LineKind.Outside);
        }
        if (belongsToTable)
        {
            return _line.Start;
        }
        if (OutsideText.IsChainDeclaration(_line))
        {
            _problems.ReportDeclarationOutsideTable(_line.Content);
            return Skip(LineKind.Unreadable);
        }
        var command = OutsideText.FindCommand(_line);
        return command >= 0 ? command : Skip(LineKind.Outside);
    }

    private int Skip(LineKind kind)
    {
        _tokens.Add(TokenTypes.SkippedText, _line.Content.Start, _line.Content.End);
        CloseLine(kind);
        return -1;
    }

    /// <summary>Says what kind of line was read, and what is wrong with it.</summary>
    private LineKind DescribeLine()
    {
        if (_recovery.ErrorToken is { } errorToken)
        {
            _problems.ReportShape(_firstToken, errorToken);
            return LineKind.Unreadable;
        }
        var type = _tokens.GetTokenType(_firstToken);
        if (_line.First > _line.Start && _isInTable)
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
