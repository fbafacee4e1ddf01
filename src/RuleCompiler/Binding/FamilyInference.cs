using System.Collections.Immutable;
using System.Text;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Binding;

/// <summary>Tells the family and flavour of each section: by its header, else by what its rules say.</summary>
/// <remarks>
/// A file that holds both families without headers gives each table twice. So sections are taken in groups, a new one
/// beginning where a table comes again, and one IPv6 section makes a group IPv6.
/// </remarks>
internal static class FamilyInference
{
    /// <summary>Family and flavour for each of <see cref="SyntaxTree.Tables"/>.</summary>
    public static ImmutableArray<(Family Family, Flavour Flavour)> Infer(SyntaxTree tree, CompilationOptions options)
    {
        var origins = tree.Tables.Select(t => ReadHeader(tree.Text, t.GeneratorComment)).ToArray();
        var families = new Family[origins.Length];
        for (var start = 0; start < origins.Length;)
        {
            var end = EndOfGroup(tree, origins, start);
            var group = Enumerable.Range(start, end - start);
            var family = options.Family
                ?? origins[start].Family
                ?? (group.Any(i => SpeaksIPv6(tree, tree.Tables[i])) ? Family.IPv6 : Family.IPv4);
            Array.Fill(families, family, start, end - start);
            start = end;
        }
        var flavour = origins.Select(o => o.Flavour).FirstOrDefault(f => f is not null) ?? options.Flavour ?? Flavour.Nft;
        return [.. origins.Zip(families, (o, family) => (family, o.Flavour ?? flavour))];
    }

    private static int EndOfGroup(SyntaxTree tree, SectionOrigin[] origins, int start)
    {
        var seen = new HashSet<string>();
        var end = start;
        while (end < origins.Length
            && origins[end].Family == origins[start].Family
            && seen.Add(tree.Tables[end].Header?.Name.Value ?? $"commands {end}"))
        {
            end++;
        }
        return end;
    }

    /// <summary>What the header of a section says.</summary>
    /// <param name="text">The dump.</param>
    /// <param name="comment">Where the header is; null where there is none.</param>
    public static SectionOrigin ReadHeader(SourceText text, TextSpan? comment)
    {
        if (comment is not { } span)
        {
            return default;
        }
        var header = text.ToString(span);
        Family? family = NamesProgram(header, "ip6tables") ? Family.IPv6
            : NamesProgram(header, "iptables") ? Family.IPv4
            : null;
        // iptables-nft 1.8.2 wrote 'xtables-save' for both families.
        var isNft = header.Contains("nf_tables", StringComparison.Ordinal)
            || header.Contains("xtables-save", StringComparison.Ordinal);
        return isNft || family is not null ? new SectionOrigin(family, isNft ? Flavour.Nft : Flavour.Legacy) : default;
    }

    /// <summary>Whether the program is named, by whichever of its names: <c>iptables-save</c>, <c>iptables-nft-save</c>, <c>iptables-legacy-save</c>.</summary>
    private static bool NamesProgram(string header, string family) =>
        header.Contains($"{family}-save", StringComparison.Ordinal)
        || header.Contains($"{family}-nft-save", StringComparison.Ordinal)
        || header.Contains($"{family}-legacy-save", StringComparison.Ordinal);

    private static bool SpeaksIPv6(SyntaxTree tree, TableSyntax table)
    {
        foreach (var line in table.Lines)
        {
            if (line is not RuleSyntax rule)
            {
                continue;
            }
            var hasWord = false;
            var isForIPv6Only = false;
            for (var token = rule.FirstArgument; token < rule.FirstToken + rule.TokenCount; token++)
            {
                var kind = tree.Tokens.GetKind(token);
                hasWord |= kind == SyntaxKind.Argument && IsIPv6Word(tree.Tokens.GetValue(token));
                isForIPv6Only |= kind == SyntaxKind.Option && IsForIPv6(tree.Tokens.GetValue(token));
            }
            if (hasWord && !isForIPv6Only)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether the option keeps a rule for IPv6, as in text that both families load: such a rule says nothing.</summary>
    private static bool IsForIPv6(ReadOnlySpan<byte> option) => option.SequenceEqual("-6"u8) || option.SequenceEqual("--ipv6"u8);

    private static bool IsIPv6Word(ReadOnlySpan<byte> word)
    {
        if (word.StartsWith("icmp6"u8) || word.StartsWith("icmpv6"u8) || word.StartsWith("ipv6-"u8))
        {
            return true;
        }
        var comma = word.IndexOf((byte)',');
        var first = comma < 0 ? word : word[..comma];
        if (first.Length > 64 || first.Count((byte)':') < 2)
        {
            return false;
        }
        Span<char> text = stackalloc char[64];
        var address = text[..Encoding.Latin1.GetChars(first, text)];
        var end = address.IndexOfAny('/', '-', ']');
        address = (end < 0 ? address : address[..end]).TrimStart('[');
        return IpAddress.TryParse(address, out var parsed) && parsed.Family == Family.IPv6;
    }
}
