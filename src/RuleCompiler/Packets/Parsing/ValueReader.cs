using System.Collections.Immutable;
using System.Text;
using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.Parsing;

/// <summary>Reads the values of one clause; what it cannot read it reports, once.</summary>
internal sealed class ValueReader(SourceText text, DiagnosticBag diagnostics, ClauseSyntax clause, PacketClause kind)
{
    /// <summary>The clause's only value.</summary>
    private Word? Single()
    {
        switch (clause.Values)
        {
            case []:
                ReportMissing();
                return null;
            case [var value]:
                if (kind != PacketClause.Match && IsQuoteless(value) && (value.Text is "*" || value.Text.StartsWith('!')))
                {
                    ReportMany(value.Span, value.Text);
                    return null;
                }
                return value;
            default:
                var span = TextSpan.FromBounds(clause.Values[0].Span.Start, clause.Values[^1].Span.End);
                ReportMany(span, text.ToString(span));
                return null;
        }
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
        var value = Number(Part(word, 0, slash), uint.MaxValue);
        var mask = Number(Part(word, slash + 1, word.Text.Length - slash - 1), uint.MaxValue);
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
        if (clause.Values.IsEmpty)
        {
            ReportMissing();
            return null;
        }
        var result = ImmutableArray.CreateBuilder<T>(clause.Values.Length);
        foreach (var word in clause.Values)
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
        return result.Count == clause.Values.Length ? result.MoveToImmutable() : null;
    }

    /// <summary>The words of a list as they are; null after a problem with any.</summary>
    public ImmutableArray<string>? Texts(Func<string, bool> isKnown)
    {
        if (clause.Values.IsEmpty)
        {
            ReportMissing();
            return null;
        }
        foreach (var word in clause.Values.Where(w => !isKnown(w.Text)))
        {
            ReportBad(word);
        }
        return [.. clause.Values.Select(v => v.Text)];
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

    private static Word Part(Word word, int start, int length) => new(word.Text.Substring(start, length), word.Slice(start, length));

    private bool IsQuoteless(Word word) => text.GetBytes(word.Span) is not [(byte)'"', ..];

    private void ReportMissing() =>
        diagnostics.Report(PacketDiagnostics.MissingValue.At(new Location(text, clause.Name.Span), clause.Name.Text, ClauseNames.Needs(clause.Name.Text)));

    private void ReportBad(Word word) =>
        diagnostics.Report(PacketDiagnostics.BadValue.At(new Location(text, word.Span), clause.Name.Text, word.Text, ClauseNames.Needs(clause.Name.Text)));

    private void ReportMany(TextSpan span, string value) =>
        diagnostics.Report(PacketDiagnostics.ManyPackets.At(new Location(text, span), value, $"value of '{clause.Name.Text}'"));
}
