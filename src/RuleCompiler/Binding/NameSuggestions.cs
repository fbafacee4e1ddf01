using RuleCompiler.Extensions;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Binding;

/// <summary>What a misspelt name most likely meant, as the end of a message. For one thread.</summary>
/// <remarks>
/// Only so many names are looked up, each among so many others: a dump wrong in every line stays cheap.
/// </remarks>
internal sealed class NameSuggestions
{
    private const int MaxLookups = 16;
    private const int MaxNames = 500;

    private int _lookups;

    /// <summary>For a name behind <c>-A</c>, <c>-I</c> and the like.</summary>
    public string ForChain(string name, TableBuilder table) => For(name, table.ChainNames);

    /// <summary>For a name behind <c>-j</c> or <c>-g</c>.</summary>
    public string ForCallee(string name, TableBuilder table, Family family, bool isGoto) =>
        For(name, isGoto ? table.UserChainNames : NamesOf(ExtensionCatalog.Targets, family).Concat(table.UserChainNames));

    /// <summary>For a word that no option takes: perhaps the target, without <c>-j</c>.</summary>
    public static string ForWord(string word, RuleDraft rule)
    {
        var name = ByteText.GetBytes(word);
        var isCallee = rule.Table.TryFind(name, out var chain) ? chain.Symbol.Hook is null : ExtensionCatalog.FindTarget(name, rule.Context.Family) is not null;
        return isCallee && !rule.HasTarget ? $"; did you mean '-j {word}'?" : "";
    }

    /// <summary>For a name behind <c>-m</c>.</summary>
    public string ForMatch(string name, Family family) => For(name, NamesOf(ExtensionCatalog.Matches, family));

    /// <summary>For an option of a rule: among those of its matches and target, and of its protocol's own match.</summary>
    public string ForOption(string name, RuleDraft rule)
    {
        var ofProtocol = rule.Context is { Protocol: > 0 and var protocol, IsProtocolNegated: false }
            ? ExtensionCatalog.FindProtocolMatch(protocol) : null;
        return For(
            name,
            rule.Uses.Take(rule.UseCount).Select(use => use.Extension).Append(ofProtocol).OfType<Extension>()
                .SelectMany(e => e.Options).Select(spec => spec.Name)
                .Concat(BuiltInOptions.FindByPrefix("--").Select(option => option.Name)));
    }

    private static IEnumerable<string> NamesOf(IEnumerable<Extension> extensions, Family family) =>
        extensions.Where(e => e.OnlyFamily is null || e.OnlyFamily == family).Select(e => e.Name);

    private string For(string name, IEnumerable<string> known) =>
        _lookups++ < MaxLookups ? Suggestion.For(name, known.Take(MaxNames)) : "";
}
