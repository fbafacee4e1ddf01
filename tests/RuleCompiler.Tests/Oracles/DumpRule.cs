using System.Text.RegularExpressions;

namespace RuleCompiler.Tests.Oracles;

/// <summary>A rule of a dump as the oracle needs it: where it stands, and the text behind its matches.</summary>
/// <param name="Line">1-based in the dump.</param>
/// <param name="Target">What <c>-j</c> or <c>-g</c> names; null without either.</param>
/// <param name="Text">The whole line.</param>
internal sealed partial record DumpRule(int Line, string? Target, string Text)
{
    /// <summary>Whether <see cref="Target"/> stands behind <c>-g</c>.</summary>
    public bool IsGoto => Goto().IsMatch(Quoted().Replace(Text, "\"\""));

    /// <summary>Reads the <c>-A</c> lines of a dump: table, chain, and the rules in their order.</summary>
    /// <remarks>Reads only what <c>iptables-save</c> prints, without the library's parser: it is what is tested.</remarks>
    public static Dictionary<(string Table, string Chain), List<DumpRule>> ReadAll(string dump)
    {
        var rules = new Dictionary<(string, string), List<DumpRule>>();
        var table = "";
        var number = 0;
        foreach (var line in dump.Split('\n'))
        {
            number++;
            if (line.StartsWith('*'))
            {
                table = line[1..].Trim();
            }
            else if (Append().Match(line) is { Success: true } append)
            {
                var key = (table, append.Groups["chain"].Value);
                if (!rules.TryGetValue(key, out var list))
                {
                    rules.Add(key, list = []);
                }

                var target = Jump().Match(Quoted().Replace(line, "\"\""));
                list.Add(new DumpRule(number, target.Success ? target.Groups["target"].Value : null, line));
            }
        }

        return rules;
    }

    /// <summary>The conntrack zones that the rules of a dump put packets into, and the usual one, 0; by marks, those that it and packets name.</summary>
    /// <param name="dump">The dump.</param>
    /// <param name="marks">The marks of packets.</param>
    public static IReadOnlyList<ushort> Zones(string dump, IEnumerable<uint> marks)
    {
        var named = Zone().Matches(dump).Select(found => ushort.Parse(found.Groups["zone"].Value)).Append((ushort)0);
        var marked = !ZoneByMark().IsMatch(dump) ? [] : marks
            .Concat(Mark().Matches(dump).Select(found => Convert.ToUInt32(found.Groups["mark"].Value, 16)))
            .Select(mark => (ushort)mark);
        return [.. named.Concat(marked).Distinct()];
    }

    /// <summary>The chains that a dump declares, each with its policy; <c>-</c> for a user chain.</summary>
    public static Dictionary<(string Table, string Chain), string> Chains(string dump) => dump.Split("COMMIT")
        .SelectMany(table => Declaration().Matches(table).Select(found => (
            Table: TableLine().Match(table).Groups["table"].Value,
            Chain: found.Groups["chain"].Value,
            Policy: found.Groups["policy"].Value)))
        .ToDictionary(chain => (chain.Table, chain.Chain), chain => chain.Policy);

    /// <summary>The value behind an option of the rule; null when it is not given.</summary>
    public string? Option(string name) =>
        Regex.Match(Text, $" {Regex.Escape(name)} (?<value>\\S+)") is { Success: true } found
            ? found.Groups["value"].Value
            : null;

    [GeneratedRegex(@" --zone(-orig|-reply)? (?<zone>\d+)")]
    private static partial Regex Zone();

    [GeneratedRegex(@" --zone(-orig|-reply)? mark\b")]
    private static partial Regex ZoneByMark();

    [GeneratedRegex(@"mark 0x(?<mark>[0-9a-f]+)")]
    private static partial Regex Mark();

    [GeneratedRegex(@"^(\[\d+:\d+\] *)?-A (?<chain>\S+)")]
    private static partial Regex Append();

    [GeneratedRegex(@" (-[jg]|--jump|--goto) (?<target>\S+)")]
    private static partial Regex Jump();

    [GeneratedRegex(@" (-g|--goto) \S")]
    private static partial Regex Goto();

    [GeneratedRegex(@"^\*(?<table>\S+)", RegexOptions.Multiline)]
    private static partial Regex TableLine();

    [GeneratedRegex(@"^:(?<chain>\S+) (?<policy>\S+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex("\"(\\\\.|[^\"\\\\])*\"")]
    private static partial Regex Quoted();
}
