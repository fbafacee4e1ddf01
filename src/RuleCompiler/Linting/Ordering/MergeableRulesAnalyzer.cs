using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting.Fixing;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Neighbours that differ by one port or network, and could be one rule.</summary>
/// <remarks>No mistake, so it is off; what <c>nft -o</c> does for nft's own language.</remarks>
internal sealed class MergeableRulesAnalyzer : LintAnalyzer
{
    public static DiagnosticDescriptor MergeableRules { get; } = new("IPT3023", DiagnosticSeverity.Info)
    {
        Title = "Rules that could be one",
        Message = "These {0} rules differ only by {1}: one rule does the same",
        Explanation = """
            Rules that stand one after the other, do the same and ask for the same but for one port or one network can be
            joined: ports to a range or a list (-m multiport, at most 15 entries), two halves of a network to the network.
            The list is shorter then, and packets meet fewer rules. Off unless asked for with --select IPT3023; --fix joins
            them, once it has proven that no packet is treated otherwise.
            """,
        Example = """
            *filter
            :INPUT DROP [0:0]
            [|-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            -A INPUT -p tcp -m tcp --dport 80 -j ACCEPT|]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT DROP [0:0]
            -A INPUT -p tcp -m multiport --dports 22,80 -j ACCEPT
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(MergeableRules, "mergeable", IsOn: false)];

    public override IEnumerable<Finding> Analyze(LintContext context) =>
        context.Ruleset.Chains.SelectMany(chain => Analyze(context, chain));

    private static IEnumerable<Finding> Analyze(LintContext context, BoundChain chain)
    {
        var rows = context.Tables.Tables[chain.Symbol.Index].Rows.ToDictionary(row => row.RuleNumber);
        var history = new RuleHistory(context.Tables);
        for (var first = 0; first < chain.Rules.Length;)
        {
            var group = rows.TryGetValue(first + 1, out var row) && !HasStateful(context.Tables, history, row)
                ? MergedRule.From(chain.Rules[first], IsLast(row.Kind)) : null;
            var count = 1;
            while (group is not null && first + count < chain.Rules.Length && group.TryAdd(chain.Rules[first + count]))
            {
                count++;
            }
            if (group is not null && count > 1)
            {
                yield return Describe(context, chain, first + 1, count, group);
            }
            first += count;
        }
    }

    private static Finding Describe(LintContext context, BoundChain chain, int first, int count, MergedRule merged)
    {
        var rule = new RuleSymbol(chain.Symbol, first);
        var (start, end) = (chain.Rules[first - 1].Span, chain.Rules[first + count - 2].Span);
        return context.FindingAt(MergeableRules, rule, count.ToString(CultureInfo.InvariantCulture), merged.Difference) with
        {
            Location = new Location(context.Compilation.Tree.Text, TextSpan.FromBounds(start.Start, end.End)),
            Fix = new Fix($"join them: {merged.Text}", Changes(context, chain, first, count, merged), KeepsBehaviour: true),
        };
    }

    /// <summary>The first line written anew, the others taken out; none where lines hold more than one rule, or do not append.</summary>
    private static ImmutableArray<TextChange> Changes(LintContext context, BoundChain chain, int first, int count, MergedRule merged)
    {
        var text = context.Compilation.Tree.Text;
        var others = RemovalFix.OfRules(
            context, [.. Enumerable.Range(first + 1, count - 1).Select(number => new RuleSymbol(chain.Symbol, number))], "").Changes;
        var own = chain.Rules[first - 1].Span;
        return others.IsEmpty || RemovalFix.OfRule(context, new RuleSymbol(chain.Symbol, first)).Changes.IsEmpty
            || !text.ToString(own).StartsWith("-A ", StringComparison.Ordinal)
            ? [] : [new TextChange(own, $"-A {RuleText.Argument(chain.Symbol.Name)} {merged.Text}"), .. others];
    }

    /// <summary>Whether a packet that matches meets none of the rules behind, so that it does not matter if it would match these too.</summary>
    private static bool IsLast(ActionKind kind) =>
        kind is not (ActionKind.Continue or ActionKind.Jump or ActionKind.Goto or ActionKind.Notrack or ActionKind.Unknown or ActionKind.Tproxy);

    private static bool HasStateful(CompiledRuleset rules, RuleHistory history, Row row) => rules.PredicateReferences
        .AsSpan(row.FirstPredicate, row.PredicateCount).ToArray()
        .Any(reference => history.Decides(rules.Predicates[reference >> 1].Condition));
}
