using System.Collections.Immutable;
using System.Text.RegularExpressions;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>Reads dumps of the few options that the small domain has, and nothing else.</summary>
internal static partial class SmallReader
{
    private static readonly Dictionary<string, Hook> BaseChains = Enum.GetValues<Hook>().ToDictionary(hook => hook.Name());

    /// <exception cref="FormatException">The text says what the small domain does not have.</exception>
    public static SmallDump Dump(string text)
    {
        var chains = new List<SmallChain>();
        var table = TableKind.Filter;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length > 0))
        {
            var words = Words(line);
            switch (line[0])
            {
                case '*':
                    table = Enum.Parse<TableKind>(line[1..], ignoreCase: true);
                    break;
                case ':':
                    var name = words[0][1..];
                    chains.Add(new SmallChain(
                        table, name, BaseChains.TryGetValue(name, out var hook) ? hook : null, words[1] == "DROP", []));
                    break;
                case '-':
                    var index = chains.FindIndex(chain => chain.Table == table && chain.Name == words[1]);
                    chains[index] = chains[index] with { Rules = chains[index].Rules.Add(Rule(words.AsSpan(2))) };
                    break;
            }
        }
        return new SmallDump([.. chains]);
    }

    /// <summary>A rule from what stands behind <c>-A CHAIN</c>.</summary>
    /// <exception cref="FormatException">The text says what the small domain does not have.</exception>
    public static SmallRule Rule(string text) => Rule(Words(text));

    private static SmallRule Rule(ReadOnlySpan<string> words)
    {
        var tests = ImmutableArray.CreateBuilder<SmallTest>();
        byte protocol = 0;
        while (words.Length > 0 && words[0] is not ("-j" or "-g"))
        {
            var length = 1;
            while (length < words.Length && !IsStart(words, length))
            {
                length++;
            }
            tests.Add(SmallTestReader.Read(words[..length].ToArray(), protocol));
            protocol = words[0] == "-p" ? SmallWorld.Protocol(words[1]) : protocol;
            words = words[length..];
        }
        return new SmallRule(tests.ToImmutable(), SmallTargetReader.Read(words.ToArray()));
    }

    /// <summary>Whether a word begins another match, or the target; an exclamation mark goes with what follows it.</summary>
    private static bool IsStart(ReadOnlySpan<string> words, int index) => words[index] switch
    {
        "-m" or "-j" or "-g" => true,
        "-s" or "-d" or "-i" or "-o" or "-p" => words[index - 1] != "!",
        "!" => words[index + 1] is "-s" or "-d" or "-i" or "-o" or "-p",
        _ => false,
    };

    private static string[] Words(string text) => [.. Word().Matches(text).Select(found => found.Value)];

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Word();
}
