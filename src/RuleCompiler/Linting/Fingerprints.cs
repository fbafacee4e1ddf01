using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
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
    private const int MaxOrdinalLength = 10;

    /// <param name="compilation">The dump.</param>
    /// <param name="findings">In order of place.</param>
    public static ImmutableArray<Finding> Add(Compilation compilation, IEnumerable<Finding> findings)
    {
        var named = findings.ToArray();
        var keys = new string[named.Length];
        Parallel.For(0, named.Length, index => keys[index] = KeyOf(compilation, named[index]));
        var seen = new Dictionary<string, int>(keys.Length, StringComparer.Ordinal);
        var ordinals = new int[named.Length];
        for (var index = 0; index < keys.Length; index++)
        {
            ordinals[index] = CollectionsMarshal.GetValueRefOrAddDefault(seen, keys[index], out _)++;
        }
        Parallel.For(0, named.Length, index => named[index] = named[index] with { Fingerprint = Hash(keys[index], ordinals[index]) });
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

    private static string Hash(string key, int ordinal)
    {
        var text = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(key.Length + MaxOrdinalLength + 1));
        Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{key}\n{ordinal}", out var length);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text.AsSpan(0, length), hash);
        ArrayPool<byte>.Shared.Return(text);
        return Convert.ToHexStringLower(hash[..HashBytes]);
    }
}
