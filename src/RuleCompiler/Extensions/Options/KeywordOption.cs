using System.Collections.Immutable;

namespace RuleCompiler.Extensions.Options;

/// <summary>One word of a fixed list.</summary>
/// <param name="name">The option's name.</param>
/// <param name="words">The words with the numbers that they stand for.</param>
internal sealed class KeywordOption(string name, ImmutableArray<(string Word, ulong Number)> words) : OptionSpec<ulong>(name)
{
    /// <summary>Whether the word must be written as in the list: some tools compare with <c>strcmp</c>, others with <c>strcasecmp</c>.</summary>
    public bool IsCaseSensitive { get; init; }

    protected override bool TryRead(OptionReader reader, out ulong value)
    {
        var comparison = IsCaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var text = reader.Text();
        foreach (var (word, number) in words)
        {
            if (word.Equals(text, comparison))
            {
                value = number;
                return true;
            }
        }
        value = 0;
        return reader.Fail(OptionDiagnostics.UnknownKeyword, text, string.Join(", ", words.Select(w => w.Word)));
    }

    protected override void WriteValue(ulong value, RuleTextWriter writer) =>
        writer.Word(words.First(w => w.Number == value).Word);
}
