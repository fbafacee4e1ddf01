using System.Globalization;
using RuleCompiler.Binding;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Rules that differ by one port or network, joined to one.</summary>
internal sealed class MergedRule
{
    /// <summary>Entries of <c>-m multiport</c>, of which a range takes two (include/uapi/linux/netfilter/xt_multiport.h).</summary>
    private const int MostPorts = 15;

    private static readonly string[] PortOptions = ["--dport", "--sport", "--dports", "--sports"];
    private static readonly string[] AddressOptions = ["-s", "-d"];

    private readonly bool _mayOverlap;
    private readonly List<string> _values = [];
    private string[] _words;
    private int _place = -1;

    private MergedRule(string[] words, bool mayOverlap) => (_words, _mayOverlap) = (words, mayOverlap);

    /// <summary>By what the rules differ: <c>their destination ports</c>.</summary>
    public string Difference => _words[_place - 1] switch
    {
        "-s" => "their source networks",
        "-d" => "their destination networks",
        "--sport" or "--sports" => "their source ports",
        _ => "their destination ports",
    };

    /// <summary>The joined rule as iptables-save prints it, without <c>-A CHAIN</c>.</summary>
    public string Text => string.Join(' ', AddressOptions.Contains(_words[_place - 1]) ? Put(_values[0]) : JoinPorts(_values) ?? Put(_values[0]));

    /// <summary>Begins with a rule; null where it is one that nothing can be joined to.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="mayOverlap">Whether a packet that matches meets no rule behind it.</param>
    public static MergedRule? From(BoundRule rule, bool mayOverlap) =>
        rule.UnknownOptions.IsEmpty && rule.UnknownTarget is null && !rule.Matches.Any(match => match.Extension.HasMemory(match))
            ? new MergedRule(WordsOf(rule), mayOverlap) : null;

    /// <summary>Joins the next rule, if that can be done.</summary>
    public bool TryAdd(BoundRule next)
    {
        var words = WordsOf(next);
        if (words.Length != _words.Length)
        {
            return false;
        }
        var places = Enumerable.Range(0, words.Length).Where(index => index != _place && words[index] != _words[index]).ToList();
        if (_place < 0 ? places.Count != 1 || !IsPlace(places[0]) : places.Count > 0)
        {
            return false;
        }
        var place = _place < 0 ? places[0] : _place;
        List<string> values = _place < 0 ? [_words[place], words[place]] : [.. _values, words[place]];
        if (AddressOptions.Contains(words[place - 1]))
        {
            // Of networks only two halves are one again, which then may be a half itself.
            if (Join(values[^2], values[^1]) is not { } network)
            {
                return false;
            }
            values = [network];
        }
        else if (RangesOf(values) is not { } ranges || (!_mayOverlap && Overlap(ranges)) || JoinPorts(values, place) is null)
        {
            return false;
        }
        (_place, _words) = (place, _place < 0 ? words : _words);
        _values.Clear();
        _values.AddRange(values);
        return true;
    }

    /// <summary>The words, those within quotes being one.</summary>
    private static string[] WordsOf(BoundRule rule)
    {
        var words = new List<string>();
        var isQuoted = false;
        var start = 0;
        var text = RuleText.Of(rule).Trim();
        for (var i = 0; i < text.Length; i++)
        {
            isQuoted ^= text[i] == '"' && (i == 0 || text[i - 1] != '\\');
            if (text[i] == ' ' && !isQuoted)
            {
                words.Add(text[start..i]);
                start = i + 1;
            }
        }
        words.Add(text[start..]);
        return [.. words];
    }

    private bool IsPlace(int place) => place > 0 && (place < 2 || _words[place - 2] != "!")
        && (PortOptions.Contains(_words[place - 1]) || AddressOptions.Contains(_words[place - 1]));

    private string[] Put(string value)
    {
        var words = (string[])_words.Clone();
        words[_place] = value;
        return words;
    }

    private string[]? JoinPorts(List<string> values) => JoinPorts(values, _place);

    /// <summary>The rule's words with all ports; null where there are too many, or the option is not the only place for them.</summary>
    private string[]? JoinPorts(List<string> values, int place)
    {
        if (RangesOf(values) is not { } ranges)
        {
            return null;
        }
        var merged = FieldSet.Union(ranges).Ranges;
        var list = string.Join(',', merged.Select(TextOf));
        if (merged.Sum(range => range.Low == range.High ? 1 : 2) > MostPorts)
        {
            return null;
        }
        if (merged.Length == 1 || _words[place - 1] is "--dports" or "--sports")
        {
            return [.. _words[..place], list, .. _words[(place + 1)..]];
        }
        if (_words.Contains("multiport"))
        {
            return null;
        }
        string[] multiport = ["-m", "multiport", $"{_words[place - 1]}s", list];
        var isAlone = place >= 3 && _words[place - 3] == "-m" && (place + 1 == _words.Length || _words[place + 1] is "-m" or "-j" or "-g");
        var end = place + 1;
        while (end < _words.Length && _words[end] is not ("-m" or "-j" or "-g"))
        {
            end++;
        }
        return isAlone
            ? [.. _words[..(place - 3)], .. multiport, .. _words[(place + 1)..]]
            : [.. _words[..(place - 1)], .. _words[(place + 1)..end], .. multiport, .. _words[end..]];
    }

    private static List<Interval>? RangesOf(IEnumerable<string> values)
    {
        var ranges = new List<Interval>();
        foreach (var value in values.SelectMany(value => value.Split(',')))
        {
            var ends = value.Split(':');
            if (!ushort.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var low)
                || !ushort.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var high) || low > high)
            {
                return null;
            }
            ranges.Add(new Interval(low, high));
        }
        return ranges;
    }

    private static bool Overlap(List<Interval> ranges) =>
        ranges.Where((one, index) => ranges.Skip(index + 1).Any(other => one.Low <= other.High && other.Low <= one.High)).Any();

    private static string TextOf(Interval range) => range.Low == range.High
        ? range.Low.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{range.Low}:{range.High}");

    /// <summary>The network of which two are the halves; null where they are not.</summary>
    private static string? Join(string one, string other)
    {
        if (!AddressPrefix.TryParse(one, out var first) || !AddressPrefix.TryParse(other, out var second)
            || first.Length != second.Length || first.Length == 0 || first.Address.Family != second.Address.Family)
        {
            return null;
        }
        var bit = UInt128.One << (IpAddress.WidthOf(first.Address.Family) - first.Length);
        return first.Length > 1 && (first.Network.Value ^ second.Network.Value) == bit
            ? new AddressPrefix(first.Network with { Value = first.Network.Value & ~bit }, first.Length - 1).ToString() : null;
    }
}
