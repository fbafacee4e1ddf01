using System.Collections.Immutable;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Linting.Fixing;

/// <summary>Fixes that take whole lines out of a dump.</summary>
internal static class RemovalFix
{
    /// <summary>Removes a rule; where its line makes other rules too (a list of addresses), a person has to edit it.</summary>
    public static Fix OfRule(LintContext context, RuleSymbol rule)
    {
        var bound = context.RuleAt(rule);
        var isWhole = Neighbours(context, rule).All(neighbour => context.RuleAt(neighbour).Line != bound.Line);
        return new Fix("remove this rule", isWhole ? [new TextChange(context.Compilation.Tree.Text.GetFullLines(bound.Span), "")] : [], KeepsBehaviour: true);
    }

    /// <summary>Removes several rules of one chain.</summary>
    /// <param name="context">The dump.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="title">What that does, in the imperative.</param>
    public static Fix OfRules(LintContext context, IReadOnlyCollection<RuleSymbol> rules, string title)
    {
        var lines = rules.Select(rule => context.RuleAt(rule).Line).ToHashSet();
        var isWhole = rules.All(rule => Neighbours(context, rule).All(neighbour => !lines.Contains(context.RuleAt(neighbour).Line) || rules.Contains(neighbour)));
        return new Fix(title, isWhole ? Removals(context, rules.Select(rule => context.RuleAt(rule).Span)) : [], KeepsBehaviour: true);
    }

    /// <summary>Removes a chain: its declaration, and the rules in it.</summary>
    public static Fix OfChain(LintContext context, ChainSymbol chain)
    {
        var spans = context.Ruleset.Chains[chain.Index].Rules.Select(rule => rule.Span);
        var text = context.Compilation.Tree.Text;
        return chain.DeclarationLine is { } line
            ? new Fix("remove the chain and its rules", Removals(context, spans.Append(text.GetLineSpan(line - 1))), KeepsBehaviour: true)
            : new Fix("remove the chain and its rules", [], KeepsBehaviour: true);
    }

    /// <summary>The rules before and behind, which alone can come from the same line.</summary>
    private static IEnumerable<RuleSymbol> Neighbours(LintContext context, RuleSymbol rule)
    {
        if (rule.RuleNumber > 1)
        {
            yield return rule with { RuleNumber = rule.RuleNumber - 1 };
        }
        if (rule.RuleNumber < context.Ruleset.Chains[rule.Chain.Index].Rules.Length)
        {
            yield return rule with { RuleNumber = rule.RuleNumber + 1 };
        }
    }

    private static ImmutableArray<TextChange> Removals(LintContext context, IEnumerable<TextSpan> spans)
    {
        var text = context.Compilation.Tree.Text;
        return [.. spans.Select(text.GetFullLines).Distinct().OrderBy(span => span.Start).Select(span => new TextChange(span, ""))];
    }
}
