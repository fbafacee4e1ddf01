using System.Collections.Immutable;

namespace RuleCompiler.Extensions.Options;

/// <summary>Words of a fixed list, with commas between: a bit set.</summary>
/// <param name="name">The option's name.</param>
/// <param name="words">The words with their bits, in the order in which they print.</param>
internal sealed class WordSetOption(string name, ImmutableArray<(string Word, uint Bits)> words) : OptionSpec<uint>(name)
{
    /// <summary>Whether the words must be spelt exactly so; else case does not matter.</summary>
    public bool IsCaseSensitive { get; init; }

    protected override bool TryRead(OptionReader reader, out uint value)
    {
        value = 0;
        foreach (var word in reader.Text().Split(','))
        {
            if (FindBits(word) is not { } bits)
            {
                return reader.Fail(OptionDiagnostics.UnknownKeyword, word, string.Join(", ", words.Select(w => w.Word)));
            }
            value |= bits;
        }
        return true;
    }

    protected override void WriteValue(uint value, RuleTextWriter writer) => writer.Word(Format(value));

    /// <summary>The words of a bit set, comma-separated, in the list's order.</summary>
    public string Format(uint value) =>
        string.Join(',', words.Where(w => w.Bits != 0 && (w.Bits & value) == w.Bits).Select(w => w.Word));

    private uint? FindBits(string word)
    {
        var comparison = IsCaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        foreach (var (known, bits) in words)
        {
            if (known.Equals(word, comparison))
            {
                return bits;
            }
        }
        return null;
    }
}
