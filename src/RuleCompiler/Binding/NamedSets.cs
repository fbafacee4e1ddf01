using System.Collections.Immutable;
using RuleCompiler.Extensions;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Symbols;

namespace RuleCompiler.Binding;

/// <summary>The sets that a ruleset's rules name, in matches and targets.</summary>
internal static class NamedSets
{
    /// <summary>In the order in which tables, chains and rules name them first.</summary>
    public static ImmutableArray<SetSymbol> Of(BoundRuleset ruleset)
    {
        var sets = new List<SetSymbol>();
        var indices = new Dictionary<string, int>();
        foreach (var chain in ruleset.Chains)
        {
            foreach (var rule in chain.Rules)
            {
                foreach (var set in ReferencesOf(rule))
                {
                    if (!indices.TryGetValue(set.Name, out var index))
                    {
                        indices.Add(set.Name, sets.Count);
                        var place = new RuleSymbol(chain.Symbol, rule.Number);
                        sets.Add(new SetSymbol(set.Name, set.Dimensions.Length, place, rule.Line));
                    }
                    else if (set.Dimensions.Length > sets[index].Dimensions)
                    {
                        sets[index] = sets[index] with { Dimensions = set.Dimensions.Length };
                    }
                }
            }
        }
        return [.. sets];
    }

    private static IEnumerable<SetReference> ReferencesOf(BoundRule rule)
    {
        IEnumerable<BoundExtension> uses = rule.Target is { } target ? [.. rule.Matches, target] : rule.Matches;
        return uses.SelectMany(use => use.Options).Select(option => option.Value).OfType<SetReference>();
    }
}
