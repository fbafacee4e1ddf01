using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions;
using RuleCompiler.Extensions.Targets;
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
        var changedSets = chains.SelectMany(chain => chain.Rules).Select(rule => rule.Target)
            .OfType<BoundTarget>().SelectMany(SetTarget.ChangedBy).ToHashSet(StringComparer.Ordinal);
        var pieces = Cut(chains);
        if (pieces.Count <= 1)
        {
            pieces.ForEach(p => Lower(state, p, changedSets));
            return;
        }
        Parallel.For(
            0, pieces.Count, new ParallelOptions { CancellationToken = cancellation }, i => Lower(state, pieces[i], changedSets));
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

    private static void Lower(LoweringState state, Piece piece, HashSet<string> changedSets)
    {
        var conjuncts = new List<Condition>();
        var services = KernelServices.None;
        for (var c = piece.FirstChain; c < piece.EndChain; c++)
        {
            var rules = state.Ruleset.Chains[c].Rules;
            var end = Math.Min(piece.EndRule, rules.Length);
            for (var r = piece.FirstRule; r < end; r++)
            {
                state.Rules[c][r] = Lower(rules[r], conjuncts, changedSets, ref services);
            }
        }
        Interlocked.Or(ref state.Services, (int)services);
    }

    private static LoweredRule Lower(
        BoundRule rule, List<Condition> conjuncts, HashSet<string> changedSets, ref KernelServices services)
    {
        conjuncts.Clear();
        var isNever = false;
        foreach (var match in rule.Matches)
        {
            var condition = match.Extension.Lower(match);
            services |= ServiceNeeds.Of(condition);
            isNever |= !Add(changedSets.Count == 0 ? condition : MarkChanging(condition, changedSets), conjuncts);
        }
        foreach (var unknown in rule.UnknownOptions)
        {
            isNever |= !Add(Condition.Unknown(unknown.Name, unknown.Text, isStateful: true), conjuncts);
        }
        var action = rule.Callee is null ? ActionOf(rule) : null;
        services |= action is null ? KernelServices.None : ServiceNeeds.Of(action);
        return new LoweredRule
        {
            Conjuncts = isNever ? [] : [.. conjuncts],
            Action = action,
            IsNever = isNever,
        };
    }

    private static Condition MarkChanging(Condition condition, HashSet<string> changedSets) => condition switch
    {
        Condition.MemberCondition member => member.Beside(changedSets),
        Condition.NotCondition not => Condition.Not(MarkChanging(not.Operand, changedSets)),
        Condition.AllOfCondition all => Condition.AllOf([.. all.Parts.Select(part => MarkChanging(part, changedSets))]),
        Condition.AnyOfCondition any => Condition.AnyOf([.. any.Parts.Select(part => MarkChanging(part, changedSets))]),
        _ => condition,
    };

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
