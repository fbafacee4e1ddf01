namespace RuleCompiler.Syntax.Parsing;

/// <summary>Takes the words of a line one by one, as blanks part them.</summary>
internal ref struct WordReader
{
    private readonly ReadOnlySpan<byte> _line;
    private int _end;

    public WordReader(ReadOnlySpan<byte> line) => _line = line;

    /// <summary>Offset in the line of the word taken last.</summary>
    public int Start { get; private set; }

    /// <summary>The next word; empty behind the last.</summary>
    public ReadOnlySpan<byte> Next()
    {
        while (_end < _line.Length && LineScanner.IsBlank(_line[_end]))
        {
            _end++;
        }
        Start = _end;
        while (_end < _line.Length && !LineScanner.IsBlank(_line[_end]))
        {
            _end++;
        }
        return _line[Start.._end];
    }
}
