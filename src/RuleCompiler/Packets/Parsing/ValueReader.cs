using System.Collections.Immutable;
using System.Text;
using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.Parsing;

/// <summary>Reads the values of one clause; what it cannot read it reports, once.</summary>
internal sealed class ValueReader(SourceText text, DiagnosticBag diagnostics, ClauseSyntax clause)
{
    /// <summary>The clause's only value.</summary>
    private Word? Single()
    {
        if (clause.Values is null)
        {
            ReportMissing();
            return null;
        }
        if (clause.Values.Single is { } word && (word.IsQuoted || word.Text != "*"))
        {
            return word;
        }
        ReportMany(clause.Values);
        return null;
    }

    /// <summary>The words of a list, each of which is there; null after a problem.</summary>
    private ImmutableArray<Word>? Words()
    {
        if (clause.Values is null)
        {
            ReportMissing();
            return null;
        }
        if (clause.Values is { Bang: null, Alternatives: [var words] })
        {
            return words;
        }
        ReportMany(clause.Values);
        return null;
    }

    /// <summary>A number from 0 to <paramref name="max"/>.</summary>
    public uint? Number(uint max) => Single() is { } word ? Number(word, max) : null;

    /// <summary>A number, with the bits known behind a slash.</summary>
    public MaskedNumber? MaskedNumber()
    {
        if (Single() is not { } word)
        {
            return null;
        }
        var slash = word.Text.IndexOf('/');
        if (slash < 0)
        {
            return Number(word, uint.MaxValue) is { } exact ? Packets.MaskedNumber.Exact(exact) : null;
        }
        var value = Number(word.Part(0, slash), uint.MaxValue);
        var mask = Number(word.Part(slash + 1, word.Text.Length - slash - 1), uint.MaxValue);
        return value is { } v && mask is { } m ? new MaskedNumber(v & m, m) : null;
    }

    /// <summary>The name of an interface.</summary>
    public string? Interface()
    {
        if (Single() is not { } word)
        {
            return null;
        }
        if (word.Text.Length > 0 && Encoding.UTF8.GetByteCount(word.Text) <= InterfaceName.MaxBytes)
        {
            return word.Text;
        }
        ReportBad(word);
        return null;
    }

    /// <summary>Any text.</summary>
    public string? Text() => Single()?.Text;

    /// <summary>One of the words that <paramref name="find"/> knows.</summary>
    public T? Choice<T>(Func<string, T?> find)
        where T : struct
    {
        if (Single() is not { } word)
        {
            return null;
        }
        if (find(word.Text) is { } found)
        {
            return found;
        }
        ReportBad(word);
        return null;
    }

    /// <summary>All values of a list; null after a problem with any.</summary>
    public ImmutableArray<T>? List<T>(Func<string, T?> find)
        where T : struct
    {
        if (Words() is not { } words)
        {
            return null;
        }
        var result = ImmutableArray.CreateBuilder<T>(words.Length);
        foreach (var word in words)
        {
            if (find(word.Text) is { } found)
            {
                result.Add(found);
            }
            else
            {
                ReportBad(word);
            }
        }
        return result.Count == words.Length ? result.MoveToImmutable() : null;
    }

    /// <summary>The words of a list as they are; null after a problem with any.</summary>
    public ImmutableArray<string>? Texts(Func<string, bool> isKnown)
    {
        if (Words() is not { } words)
        {
            return null;
        }
        foreach (var word in words.Where(w => !isKnown(w.Text)))
        {
            ReportBad(word);
        }
        return [.. words.Select(w => w.Text)];
    }

    /// <summary>A decimal number, or a hexadecimal one behind <c>0x</c>.</summary>
    public static uint? ParseNumber(string text, uint max) => ClauseWords.FindNumber(text) is { } number && number <= max ? number : null;

    private uint? Number(Word word, uint max)
    {
        if (ParseNumber(word.Text, max) is { } number)
        {
            return number;
        }
        ReportBad(word);
        return null;
    }

    private void ReportMissing() =>
        diagnostics.Report(PacketDiagnostics.MissingValue.At(new Location(text, clause.Name.Span), clause.Name.Text, ClauseNames.Needs(clause.Name.Text)));

    private void ReportBad(Word word) =>
        diagnostics.Report(PacketDiagnostics.BadValue.At(new Location(text, word.Span), clause.Name.Text, word.Text, ClauseNames.Needs(clause.Name.Text)));

    private void ReportMany(ListSyntax list) =>
        diagnostics.Report(PacketDiagnostics.ManyPackets.At(new Location(text, list.Span), list.Text, $"value of '{clause.Name.Text}'"));
}
