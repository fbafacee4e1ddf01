using RuleCompiler.Linting;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Linting;

/// <summary>Reads how users call checks: by ID, by how several IDs begin, or by name.</summary>
internal static class CheckNames
{
    private const string Prefix = "IPT";

    /// <returns>The ID, or how the IDs begin.</returns>
    /// <exception cref="FormatException">Nothing is called so.</exception>
    public static string Parse(string word)
    {
        if (Linter.Checks.FirstOrDefault(check => check.Name == word) is { } named)
        {
            return named.Id;
        }
        if (word.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && DiagnosticCatalog.All.Any(descriptor => descriptor.Id.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
        {
            return word.ToUpperInvariant();
        }
        var known = Linter.Checks.Select(check => check.Id).Concat(Linter.Checks.Select(check => check.Name));
        throw new FormatException($"No check '{word}'; 'rulec explain' lists all{Suggestion.For(word, known)}");
    }

    /// <returns>The ID of one check.</returns>
    /// <exception cref="FormatException">It is none's.</exception>
    public static string ParseOne(string word)
    {
        var id = Parse(word);
        return DiagnosticCatalog.Find(id) is not null ? id : throw new FormatException($"'{word}' is several checks; name one");
    }
}
