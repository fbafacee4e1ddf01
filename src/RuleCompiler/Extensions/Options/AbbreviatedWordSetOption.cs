using System.Collections.Immutable;
using System.Text;

namespace RuleCompiler.Extensions.Options;

/// <summary>Words of a fixed list, with commas between, each of which may be cut short: a bit set.</summary>
/// <remarks>Source: extensions/libxt_conntrack.c, <c>conntrack_parse_state</c>, which compares with strncasecmp(3).</remarks>
internal sealed class AbbreviatedWordSetOption : OptionSpec<uint>
{
    private readonly ImmutableArray<(string Word, uint Bits)> _words;

    private readonly byte[][] _wordBytes;

    /// <param name="name">The option's name.</param>
    /// <param name="words">
    /// The words with their bits, in the order in which they print. The first that begins so is meant; a word of no
    /// bits stands for the empty set.
    /// </param>
    public AbbreviatedWordSetOption(string name, ImmutableArray<(string Word, uint Bits)> words)
        : base(name)
    {
        _words = words;
        _wordBytes = [.. words.Select(w => Encoding.ASCII.GetBytes(w.Word))];
    }

    protected override bool TryRead(OptionReader reader, out uint value)
    {
        value = 0;
        var text = reader.Bytes();
        foreach (var part in text.Split((byte)','))
        {
            if (FindBits(text[part]) is not { } bits)
            {
                return reader.Fail(
                    OptionDiagnostics.UnknownKeyword,
                    Encoding.UTF8.GetString(text[part]),
                    string.Join(", ", _words.Select(w => w.Word)));
            }
            value |= bits;
        }
        return true;
    }

    protected override void WriteValue(uint value, RuleTextWriter writer) =>
        writer.Word(string.Join(',', _words.Where(w => value == 0 ? w.Bits == 0 : (w.Bits & value) != 0).Select(w => w.Word)));

    private uint? FindBits(ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty)
        {
            return null;
        }
        for (var i = 0; i < _wordBytes.Length; i++)
        {
            if (word.Length <= _wordBytes[i].Length && Ascii.EqualsIgnoreCase(word, _wordBytes[i].AsSpan(0, word.Length)))
            {
                return _words[i].Bits;
            }
        }
        return null;
    }
}
