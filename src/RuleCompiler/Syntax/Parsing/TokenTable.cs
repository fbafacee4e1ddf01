using System.Collections.Immutable;
using RuleCompiler.Text;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>All tokens of a text, nine bytes each. Trivia are the gaps between them, so no byte is copied or lost.</summary>
internal sealed class TokenTable
{
    private readonly SourceText _text;
    private readonly SyntaxKind[] _kinds;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private readonly ImmutableArray<TextSpan> _toolWarnings;

    public TokenTable(
        SourceText text,
        SyntaxKind[] kinds,
        int[] starts,
        int[] lengths,
        ImmutableArray<TextSpan> toolWarnings)
    {
        _text = text;
        _toolWarnings = toolWarnings;
        _kinds = kinds;
        _starts = starts;
        _lengths = lengths;
    }

    /// <summary>Number of tokens, the end of the file included; at least one.</summary>
    public int Count => _kinds.Length;

    public SyntaxKind GetKind(int index) => _kinds[index];

    public TextSpan GetSpan(int index) => new(_starts[index], _lengths[index]);

    /// <summary>From the end of the token before to the end of this one.</summary>
    public TextSpan GetFullSpan(int index) => TextSpan.FromBounds(
        index == 0 ? 0 : _starts[index - 1] + _lengths[index - 1],
        _starts[index] + _lengths[index]);

    /// <summary>The token as it stands in the text.</summary>
    public ReadOnlySpan<byte> GetBytes(int index) => _text.Bytes.Slice(_starts[index], _lengths[index]);

    /// <summary>
    /// The token as iptables reads it: without a warning that cuts it in two, and, of an argument, with quotes and
    /// backslashes resolved; a declaration has its chain's name as it is. Allocates only where there are some.
    /// </summary>
    public ReadOnlySpan<byte> GetValue(int index)
    {
        var bytes = GetBytes(index);
        var whole = _toolWarnings.IsEmpty ? bytes : WithoutWarning(bytes, _starts[index]);
        return _kinds[index] == SyntaxKind.ChainName ? whole : ArgumentValue.Read(whole);
    }

    /// <summary><see cref="GetValue"/> as text, in the way of <see cref="ByteText"/>.</summary>
    public string GetText(int index) => ByteText.GetString(GetValue(index));

    private ReadOnlySpan<byte> WithoutWarning(ReadOnlySpan<byte> token, int start)
    {
        var low = 0;
        var high = _toolWarnings.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _toolWarnings[middle].Start <= start ? (middle + 1, high) : (low, middle);
        }
        if (low == _toolWarnings.Length || _toolWarnings[low].End >= start + token.Length)
        {
            return token;
        }
        var warning = _toolWarnings[low];
        return (byte[])[.. token[..(warning.Start - start)], .. token[(warning.End - start)..]];
    }
}
