using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RuleCompiler.Binding;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Linting;

/// <summary>Gives findings the names by which a later run knows them again.</summary>
/// <remarks>
/// What a name hangs on stays as it is when other lines come and go: ID, family, table, chain, the rule's canonical text,
/// and which of several equal ones it is. So it hangs neither on line and rule numbers nor on the message, which has some.
/// </remarks>
internal static class Fingerprints
{
    private const int HashBytes = 8;

    /// <param name="compilation">The dump.</param>
    /// <param name="findings">In order of place.</param>
    public static ImmutableArray<Finding> Add(Compilation compilation, IEnumerable<Finding> findings)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var named = ImmutableArray.CreateBuilder<Finding>();
        foreach (var finding in findings)
        {
            var key = KeyOf(compilation, finding);
            var ordinal = seen.GetValueOrDefault(key);
            seen[key] = ordinal + 1;
            named.Add(finding with { Fingerprint = Hash(string.Create(CultureInfo.InvariantCulture, $"{key}\n{ordinal}")) });
        }
        return named.DrainToImmutable();
    }

    private static string KeyOf(Compilation compilation, Finding finding) =>
        $"{finding.Id}\n{finding.Family.Name()}\n{finding.Chain?.ToString() ?? ""}\n{TextOf(compilation, finding)}";

    /// <summary>The rule in canonical form; nothing for a chain, whose line has counters; else the words in question.</summary>
    private static string TextOf(Compilation compilation, Finding finding) => finding switch
    {
        { Chain: { } chain, RuleNumber: { } number } when compilation.GetRuleset(finding.Family) is { } ruleset =>
            RuleText.Of(ruleset.Chains[chain.Index].Rules[number - 1]),
        { Chain: not null } => "",
        _ => finding.Location.Source.ToString(finding.Location.Span),
    };

    private static string Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash[..HashBytes]);
    }
}
