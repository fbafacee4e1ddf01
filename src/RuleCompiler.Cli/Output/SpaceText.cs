using System.Globalization;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Space expressions for people to read: of long lists the first members, and how many there are.</summary>
internal static class SpaceText
{
    private const int MostMembers = 8;

    /// <summary>One expression; JSON has all of it.</summary>
    public static string Of(string expression) =>
        DisplayText.Escape(string.Join(' ', expression.Split(' ').Select(Shorten)));

    /// <summary>Commas part the members of every list, and the bits of values with bars between them; a colon parts addresses and ports.</summary>
    private static string Shorten(string word)
    {
        var members = word.Split(',');
        if (members.Length <= MostMembers + 1 || word.Contains('|', StringComparison.Ordinal))
        {
            return word;
        }
        var portsAt = word.Contains('.', StringComparison.Ordinal) ? word.IndexOf(':', StringComparison.Ordinal)
            : word.IndexOf("]:", StringComparison.Ordinal) is >= 0 and var end ? end + 1 : -1;
        return portsAt < 0 ? Cut(word) : Cut(word[..portsAt]) + ':' + Cut(word[(portsAt + 1)..]);
    }

    private static string Cut(string list)
    {
        var members = list.Split(',');
        return members.Length <= MostMembers + 1 ? list
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', members.Take(MostMembers))},...({members.Length - MostMembers} more)");
    }
}
