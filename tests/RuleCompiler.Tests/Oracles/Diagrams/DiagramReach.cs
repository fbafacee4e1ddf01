using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;

namespace RuleCompiler.Tests.Oracles.Diagrams;

/// <summary>Which rules of a filter table packets get to: all packets at once go through its chains, as one diagram.</summary>
/// <remarks>Without unknowns, and without rules that change what later ones see.</remarks>
internal sealed class DiagramReach
{
    private readonly BinaryDiagrams _diagrams = new();
    private readonly DiagramFields _fields;
    private readonly BoundRuleset _rules;
    private readonly HashSet<BoundRule> _met = [];

    private DiagramReach(BoundRuleset rules)
    {
        _rules = rules;
        _fields = new DiagramFields(_diagrams);
    }

    /// <summary>The lines of the rules that no packet gets to.</summary>
    public static IReadOnlySet<int> DeadLines(BoundRuleset rules)
    {
        var reach = new DiagramReach(rules);
        foreach (var chain in rules.Chains)
        {
            if (chain.Symbol.Hook is { } hook)
            {
                reach.Walk(chain, reach._fields.At(hook));
            }
        }
        return rules.Chains.SelectMany(chain => chain.Rules).Where(rule => !reach._met.Contains(rule)).Select(rule => rule.Line).ToHashSet();
    }

    /// <summary>The packets that come back from a chain.</summary>
    private int Walk(BoundChain chain, int packets)
    {
        var back = BinaryDiagrams.Nothing;
        foreach (var rule in chain.Rules)
        {
            var matching = rule.Matches.Aggregate(packets, (left, match) => _diagrams.And(left, _fields.Of(match.Extension.Lower(match))));
            if (matching == BinaryDiagrams.Nothing)
            {
                continue;
            }
            _met.Add(rule);
            if (rule.Callee is { } callee)
            {
                var returned = Walk(_rules.Chains[callee.Index], matching);
                packets = _diagrams.Without(packets, matching);
                (packets, back) = rule.IsGoto ? (packets, _diagrams.Or(back, returned)) : (_diagrams.Or(packets, returned), back);
                continue;
            }
            switch (rule.Target is { } target ? target.Extension.Lower(target).Kind : ActionKind.Continue)
            {
                case ActionKind.Accept or ActionKind.Drop or ActionKind.Reject:
                    packets = _diagrams.Without(packets, matching);
                    break;
                case ActionKind.Return:
                    packets = _diagrams.Without(packets, matching);
                    back = _diagrams.Or(back, matching);
                    break;
                case ActionKind.Continue:
                    break;
                case var other:
                    throw new NotSupportedException(other.ToString());
            }
        }
        return _diagrams.Or(back, packets);
    }
}
