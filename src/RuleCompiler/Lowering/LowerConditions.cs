using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.Lowering;

/// <summary>Asks every match for its condition and every target for its action. Rules are independent, so on all cores.</summary>
internal static class LowerConditions
{
    private const int ParallelFrom = 1024;

    public static void Run(LoweringState state, CancellationToken cancellation)
    {
        var chains = state.Ruleset.Chains;
        foreach (var chain in chains)
        {
            state.Rules[chain.Symbol.Index] = new LoweredRule[chain.Rules.Length];
        }
        var pieces = Cut(chains);
        if (pieces.Count <= 1)
        {
            pieces.ForEach(p => Lower(state, p));
            return;
        }
        Parallel.For(0, pieces.Count, new ParallelOptions { CancellationToken = cancellation }, i => Lower(state, pieces[i]));
    }

    /// <summary>Pieces of about <see cref="ParallelFrom"/> rules: runs of small chains, or a part of a large one.</summary>
    private static List<Piece> Cut(IReadOnlyList<BoundChain> chains)
    {
        var pieces = new List<Piece>();
        for (var first = 0; first < chains.Count;)
        {
            var count = chains[first].Rules.Length;
            if (count > ParallelFrom)
            {
                for (var start = 0; start < count; start += ParallelFrom)
                {
                    pieces.Add(new Piece(first, first + 1, start, Math.Min(count, start + ParallelFrom)));
                }
                first++;
                continue;
            }
            var end = first + 1;
            while (end < chains.Count && count + chains[end].Rules.Length <= ParallelFrom)
            {
                count += chains[end++].Rules.Length;
            }
            pieces.Add(new Piece(first, end, 0, int.MaxValue));
            first = end;
        }
        return pieces;
    }

    private static void Lower(LoweringState state, Piece piece)
    {
        var conjuncts = new List<Condition>();
        for (var c = piece.FirstChain; c < piece.EndChain; c++)
        {
            var rules = state.Ruleset.Chains[c].Rules;
            var end = Math.Min(piece.EndRule, rules.Length);
            for (var r = piece.FirstRule; r < end; r++)
            {
                state.Rules[c][r] = Lower(rules[r], conjuncts);
            }
        }
    }

    private static LoweredRule Lower(BoundRule rule, List<Condition> conjuncts)
    {
        conjuncts.Clear();
        var isNever = false;
        foreach (var match in rule.Matches)
        {
            isNever |= !Add(match.Extension.Lower(match), conjuncts);
        }
        foreach (var unknown in rule.UnknownOptions)
        {
            isNever |= !Add(Condition.Unknown(unknown.Name, unknown.Text, isStateful: true), conjuncts);
        }
        return new LoweredRule
        {
            Conjuncts = isNever ? [] : [.. conjuncts],
            Action = rule.Callee is null ? ActionOf(rule) : null,
            IsNever = isNever,
        };
    }

    private static RuleAction ActionOf(BoundRule rule) =>
        rule.Target is { } target ? target.Extension.Lower(target)
        : rule.UnknownTarget is { } unknown ? new RuleAction(ActionKind.Unknown, unknown)
        : RuleAction.CountOnly;

    /// <returns>False where the condition can never hold.</returns>
    private static bool Add(Condition condition, List<Condition> conjuncts)
    {
        switch (condition)
        {
            case Condition.NeverCondition:
                return false;
            case Condition.AlwaysCondition:
                return true;
            case Condition.AllOfCondition all:
                foreach (var part in all.Parts)
                {
                    if (!Add(part, conjuncts))
                    {
                        return false;
                    }
                }
                return true;
            default:
                conjuncts.Add(condition);
                return true;
        }
    }

    private readonly record struct Piece(int FirstChain, int EndChain, int FirstRule, int EndRule);
}
