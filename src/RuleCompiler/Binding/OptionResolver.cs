using System.Text;
using RuleCompiler.Diagnostics;
using RuleCompiler.Extensions;
using RuleCompiler.Extensions.Matches;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Binding;

/// <summary>Finds what an option's word stands for: exactly, or as a unique abbreviation.</summary>
/// <remarks>
/// The order is that of getopt_long over xtables' merged tables: built-in options, then the extensions of the rule,
/// the one loaded last first; an exact spelling wins over any abbreviation.
/// </remarks>
internal sealed class OptionResolver(SyntaxTree tree, DiagnosticBag diagnostics)
{
    public ResolvedOption Resolve(int token, RuleDraft rule)
    {
        var word = tree.Tokens.GetValue(token);
        if (word[1] != (byte)'-')
        {
            return word.Length > 2 && IsLongOption(token, rule)
                ? new ResolvedOption(OptionOutcome.Reported)
                : OfLetter((char)word[1], rule.Ip, word.Length > 2 ? 2 : 0);
        }
        var equals = word.IndexOf((byte)'=');
        var name = equals < 0 ? word : word[..equals];
        var inlineOffset = equals + 1;
        if (BuiltInOptions.FindExact(name) is { } letter)
        {
            return OfLetter(letter, rule.Ip, inlineOffset);
        }
        for (var i = rule.UseCount - 1; i >= 0; i--)
        {
            var use = rule.Uses[i];
            if (use.FindExact(name) is { } spec)
            {
                return new ResolvedOption(OptionOutcome.OfExtension, Use: use, Spec: spec, InlineOffset: inlineOffset);
            }
        }
        // An unknown extension may have this very option: nothing else is meant by it then.
        return rule.FindUnknownUse() is null ? Abbreviated(token, name, rule, inlineOffset) : default;
    }

    /// <summary>Whether a dash is missing before an option that the rule's extensions have; reports it.</summary>
    private bool IsLongOption(int token, RuleDraft rule)
    {
        var word = tree.Tokens.GetText(token);
        var owner = rule.Uses.Take(rule.UseCount).LastOrDefault(use => use.Extension is { } extension && HasName(extension, $"-{word}"));
        if (owner is null && (ExtensionCatalog.FindProtocolMatch(rule.Context.Protocol) is not { } match || !HasName(match, $"-{word}")))
        {
            return false;
        }
        owner?.HasUnreadOption = true;
        diagnostics.Report(RuleDiagnostics.OneDash.At(
            new Location(tree.Text, tree.Tokens.GetSpan(token)), word, word[..2], word[2..]));
        return true;
    }

    /// <summary>Whether an extension has the option of a token.</summary>
    /// <param name="extension">The extension.</param>
    /// <param name="token">The token.</param>
    /// <param name="mayBeShort">Whether the option may be abbreviated: not where an unknown extension may have meant it.</param>
    public bool Knows(Extension extension, int token, bool mayBeShort)
    {
        var word = tree.Tokens.GetText(token);
        var name = word.Split('=')[0];
        return word.StartsWith("--", StringComparison.Ordinal)
            && (mayBeShort ? extension.Options.Any(s => HasPrefix(s, name)) : HasName(extension, name));
    }

    /// <summary>The extensions that have an option spelt exactly so, as <c>-m a, -j B</c>.</summary>
    public static string FindOwners(string name)
    {
        var matches = ExtensionCatalog.Matches.Where(m => HasName(m, name)).Select(m => $"'-m {m.Name}'");
        var targets = ExtensionCatalog.Targets.Where(t => HasName(t, name)).Select(t => $"'-j {t.Name}'");
        return string.Join(", ", matches.Concat(targets).Distinct());
    }

    /// <summary>Whether <c>-p</c> would load the match that has the option: an unknown match does not take it then.</summary>
    public static bool IsOfProtocol(string name) =>
        ExtensionCatalog.Matches.Any(match => match.ImplicitFor is not null && HasName(match, name));

    private static bool HasName(Extension extension, string name) =>
        extension.Options.Any(s => s.Name == name || s.Aliases.Contains(name));

    private static bool HasPrefix(OptionSpec spec, string prefix) =>
        spec.Name.StartsWith(prefix, StringComparison.Ordinal)
        || spec.Aliases.Any(a => a.StartsWith(prefix, StringComparison.Ordinal));

    private static ResolvedOption OfLetter(char letter, ExtensionUse ip, int inlineOffset)
    {
        OptionSpec? test = letter switch
        {
            's' => IpMatch.Source,
            'd' => IpMatch.Destination,
            'i' => IpMatch.InInterface,
            'o' => IpMatch.OutInterface,
            'p' => IpMatch.Protocol,
            'f' => IpMatch.Fragment,
            _ => null,
        };
        return test is not null ? new ResolvedOption(OptionOutcome.OfExtension, Use: ip, Spec: test, InlineOffset: inlineOffset)
            : BuiltInOptions.IsKnown(letter) ? new ResolvedOption(OptionOutcome.BuiltIn, letter, InlineOffset: inlineOffset)
            : default;
    }

    private ResolvedOption Abbreviated(int token, ReadOnlySpan<byte> nameBytes, RuleDraft rule, int inlineOffset)
    {
        var name = Encoding.UTF8.GetString(nameBytes);
        if (name == "--")
        {
            return default;
        }
        var found = default(ResolvedOption);
        var names = new List<string>();
        foreach (var (known, letter) in BuiltInOptions.FindByPrefix(name))
        {
            var candidate = OfLetter(letter, rule.Ip, inlineOffset);
            if (candidate != found)
            {
                names.Add(known);
                found = candidate;
            }
        }
        for (var i = rule.UseCount - 1; i >= 0; i--)
        {
            var use = rule.Uses[i];
            foreach (var spec in use.Extension?.Options ?? [])
            {
                if (HasPrefix(spec, name) && !ReferenceEquals(spec, found.Spec))
                {
                    names.Add(spec.Name);
                    found = new ResolvedOption(OptionOutcome.OfExtension, Use: use, Spec: spec, InlineOffset: inlineOffset);
                }
            }
        }
        if (names.Count < 2)
        {
            return found;
        }
        diagnostics.Report(RuleDiagnostics.AmbiguousOption.At(
            new Location(tree.Text, tree.Tokens.GetSpan(token)), name, string.Join(" or ", names.Select(n => $"'{n}'"))));
        return new ResolvedOption(OptionOutcome.Reported);
    }
}
