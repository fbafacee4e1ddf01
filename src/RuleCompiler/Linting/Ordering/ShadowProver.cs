using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Compares, for a rule that no packet gets to, what becomes of the packets it names with what it would have done.</summary>
/// <remarks>Serves one thread.</remarks>
internal sealed class ShadowProver(SpaceRuleset rules, CellWalker[] walkers, CellWalker[] actualWalkers, CellWalker[] intendedWalkers)
{
    private readonly OutcomeComparer _comparer = new(rules.Layout, countsLogs: false, countsIdleRewrites: true);

    /// <summary>Compares the outcomes of all packets that enter the rule's chain and satisfy its options with those they would have were it the first rule there.</summary>
    /// <param name="chain">Its chain.</param>
    /// <param name="key">The rule.</param>
    /// <param name="ways">The boxes of entering packets to look at.</param>
    public RuleFacts Compare(SpaceChain chain, RuleKey key, IReadOnlyList<(Hook Hook, List<ulong[]> Boxes)> ways)
    {
        var facts = new RuleFacts(RuleStanding.Shadowed);
        foreach (var (hook, boxes) in ways)
        {
            var walker = walkers[(int)hook];
            foreach (var box in boxes)
            {
                walker.Clear();
                walker.TargetChain = key.Chain;
                walker.Enter(box);
                while (walker.MoveNext() is { } cell)
                {
                    if (cell.Chain is null)
                    {
                        continue;
                    }
                    foreach (var piece in walker.Matching(cell.Clone(), chain, key.Rule))
                    {
                        facts = Compare(facts, hook, piece, chain, key);
                        if (facts.IsSomeAlike && facts.IsSomeDifferent)
                        {
                            return facts;
                        }
                    }
                    walker.Push(cell);
                }
            }
        }
        return facts.IsSomeDifferent || facts.IsSomeAlike ? facts : facts with { IsSomeAlike = true, IsEmpty = true };
    }

    private RuleFacts Compare(RuleFacts facts, Hook hook, Cell cell, SpaceChain chain, RuleKey key)
    {
        var actual = actualWalkers[(int)hook];
        actual.Clear();
        actual.Push(cell.Clone());
        while (actual.MoveNext() is { } one)
        {
            var intended = intendedWalkers[(int)hook];
            intended.Clear();
            intended.Promoted = key;
            var promoted = cell.With([.. one.Box]);
            promoted.Given = one.Assumed;
            promoted.Next = -1; // at the promoted rule's last box
            intended.Act(promoted, chain, chain.Rows[chain.FindRule(key.Rule)]);
            while (intended.MoveNext() is { } other)
            {
                var comparison = _comparer.Compare(one, other);
                if (comparison != OutcomeComparison.Same && !facts.IsSomeDifferent)
                {
                    facts = facts with { IsSomeDifferent = true, Hook = hook, Witness = one.With(other.Box), Intended = other };
                }
                if (comparison != OutcomeComparison.Different && !facts.IsSomeAlike)
                {
                    facts = facts with { IsSomeAlike = true };
                }
                if (facts.IsSomeAlike && facts.IsSomeDifferent)
                {
                    return facts;
                }
            }
        }
        return facts;
    }

    /// <summary>Whether a nat rule asks only for states that nat chains are never asked about.</summary>
    public bool IsForOtherStates(SpaceChain chain, int firstRow)
    {
        var state = rules.Layout[PacketField.ConntrackState];
        var codes = new List<ulong>();
        state.AddCodes(FieldSet.AnyBit((int)(ConntrackState.New | ConntrackState.Related)), codes);
        for (var row = firstRow; row < chain.Rows[firstRow].NextRule; row++)
        {
            var own = state.Full;
            foreach (var (dimension, code) in rules.TestsOf(chain.Rows[row]))
            {
                own = dimension == state.Index ? code : own;
            }
            if ((own & codes[0]) != 0)
            {
                return false;
            }
        }
        return true;
    }
}
