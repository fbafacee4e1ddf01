using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
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
        var named = findings.ToArray();
        var keys = new string[named.Length];
        Parallel.For(0, named.Length, index => keys[index] = KeyOf(compilation, named[index]));
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < keys.Length; index++)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, keys[index], out _);
            keys[index] = string.Create(CultureInfo.InvariantCulture, $"{keys[index]}\n{count++}");
        }
        Parallel.For(0, named.Length, index => named[index] = named[index] with { Fingerprint = Hash(keys[index]) });
        return ImmutableCollectionsMarshal.AsImmutableArray(named);
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
