using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting;

/// <summary>What rules say of packets whose addresses none of them names.</summary>
internal static class UnnamedAddresses
{
    /// <summary>The condition for such packets: tests of an address are decided, others stay.</summary>
    public static Condition Reduce(Condition condition, Family family) => condition switch
    {
        Condition.FieldCondition { TestedField: PacketField.Source or PacketField.Destination } test =>
            IsNearlyAll(test.Set, family) ? Condition.Always : Condition.Never,
        Condition.MemberCondition => Condition.Never,
        Condition.AllOfCondition all => Condition.AllOf([.. all.Parts.Select(part => Reduce(part, family))]),
        Condition.AnyOfCondition any => Condition.AnyOf([.. any.Parts.Select(part => Reduce(part, family))]),
        Condition.NotCondition not => Condition.Not(Reduce(not.Operand, family)),
        _ => condition,
    };

    /// <summary>The action without the addresses that it writes.</summary>
    public static RuleAction Reduce(RuleAction action) => action.Effect switch
    {
        Effect.Translate translate => action with { Effect = translate with { Low = null, High = null } },
        Effect.ProxyTo proxy => action with { Effect = proxy with { Address = null } },
        Effect.MapNetwork or Effect.MapPrefix => action with { Effect = null },
        _ => action,
    };

    /// <summary>Whether a set holds an address without naming it: it has more than half of them.</summary>
    private static bool IsNearlyAll(FieldSet set, Family family)
    {
        if (set.IsMasked)
        {
            return set.IsNegated;
        }
        var max = family == Family.IPv4 ? uint.MaxValue : UInt128.MaxValue;
        UInt128 half = 0;
        foreach (var range in set.Ranges.Where(range => range.Low <= max))
        {
            half += (UInt128.Min(range.High, max) - range.Low) / 2;
        }
        return half > max / 4;
    }
}
