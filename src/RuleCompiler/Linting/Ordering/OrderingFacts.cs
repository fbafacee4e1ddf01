using System.Collections.Concurrent;
using RuleCompiler.Binding;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>What is proven of every rule of a ruleset: computed once, read by all analyzers of rule ordering.</summary>
internal sealed class OrderingFacts
{
    private const int PieceSize = 256;

    /// <summary>Matches that write down what they have seen, for other rules to ask.</summary>
    private static readonly string[] WithHistory = ["recent", "hashlimit", "connlimit", "quota", "rateest"];

    private readonly RuleFacts[][] _facts;

    private OrderingFacts(RuleFacts[][] facts) => _facts = facts;

    /// <summary>Decides about all rules, on all cores.</summary>
    /// <param name="context">The rules.</param>
    public static OrderingFacts Of(LintContext context)
    {
        var layout = SpaceLayout.Of(context.Tables);
        var rules = new SpaceRuleset(context.Tables, layout, new UnknownTable());
        var calls = new CallGraph(rules);
        var entries = new EntrySpace(layout, hasFragments: !context.IsTracking);
        var boxes = new TargetBoxes(rules, entries);
        var chains = context.Ruleset.Chains;
        var facts = new RuleFacts[chains.Length][];
        var pieces = new List<(int Chain, int First, int End)>();
        foreach (var chain in chains)
        {
            facts[chain.Symbol.Index] = new RuleFacts[chain.Rules.Length];
            for (var first = 0; first < chain.Rules.Length; first += PieceSize)
            {
                pieces.Add((chain.Symbol.Index, first, Math.Min(chain.Rules.Length, first + PieceSize)));
            }
        }
        var options = new ParallelOptions { CancellationToken = context.Cancellation, MaxDegreeOfParallelism = context.Options.Parallelism };
        Parallel.ForEach(
            Partitioner.Create(0, pieces.Count, Math.Max(1, pieces.Count / 64)),
            options,
            () => new RuleProver(rules, calls, boxes, entries, context.Options.StepsPerRule),
            (range, _, prover) =>
            {
                for (var i = range.Item1; i < range.Item2; i++)
                {
                    var (chain, first, end) = pieces[i];
                    for (var rule = first; rule < end; rule++)
                    {
                        facts[chain][rule] = prover.Prove(rules.Chains[chain], rule + 1, HasHistory(chains[chain].Rules[rule]));
                    }
                }
                return prover;
            },
            _ => { });
        return new OrderingFacts(facts);
    }

    /// <summary>What is proven of a rule.</summary>
    public RuleFacts this[RuleSymbol rule] => _facts[rule.Chain.Index][rule.RuleNumber - 1];

    private static bool HasHistory(BoundRule rule) =>
        rule.Matches.Any(match => Array.IndexOf(WithHistory, match.Extension.Name) >= 0);
}
