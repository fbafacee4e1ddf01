using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Commands;

/// <summary>Reads the rules that <c>--why</c> asks about.</summary>
internal static class RuleReferences
{
    /// <exception cref="CommandFailedException">One is not of the form <c>TABLE:CHAIN:RULE</c>.</exception>
    public static ImmutableArray<RuleReference> Parse(IEnumerable<string> texts) => [.. texts.Select(Parse)];

    /// <exception cref="CommandFailedException">The dump has no such rule in any family.</exception>
    public static void Check(ImmutableArray<RuleReference> places, Compilation compilation)
    {
        foreach (var place in places)
        {
            if (WhyNot(place, compilation) is { } reason)
            {
                throw new CommandFailedException(reason);
            }
        }
    }

    /// <exception cref="CommandFailedException">It is not of the form <c>TABLE:CHAIN:RULE</c>.</exception>
    public static RuleReference Parse(string text) =>
        RuleReference.TryParse(text, out var place)
            ? place
            : throw new CommandFailedException($"'{text}' names no rule; one is TABLE:CHAIN:RULE, such as nat:OUTPUT:1");

    /// <summary>Why the dump has no such rule in any family; null where it has.</summary>
    public static string? WhyNot(RuleReference place, Compilation compilation)
    {
        if (Find(place, compilation).Any())
        {
            return null;
        }
        var chains = compilation.Families.SelectMany(family => compilation.GetRuleset(family)?.Chains ?? [])
            .Where(chain => chain.Symbol.Table == place.Table)
            .ToList();
        var table = place.Table.Name();
        return chains.Find(chain => chain.Symbol.Name == place.Chain) is { } found
            ? $"The dump has no rule {place}: the last of that chain is {found.Rules.Length}"
            : $"The dump has no rule {place}: table '{table}' has no chain '{place.Chain}'"
                + Suggestion.For(place.Chain, chains.Select(chain => chain.Symbol.Name));
    }

    /// <summary>The rule of a place, of each family that has it.</summary>
    public static IEnumerable<BoundRule> Find(RuleReference place, Compilation compilation) =>
        from family in compilation.Families
        from chain in compilation.GetRuleset(family)?.Chains ?? []
        where chain.Symbol.Table == place.Table && chain.Symbol.Name == place.Chain && place.Rule >= 1 && place.Rule <= chain.Rules.Length
        select chain.Rules[place.Rule - 1];
}
