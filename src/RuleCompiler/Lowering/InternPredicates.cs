using System.Runtime.InteropServices;
using RuleCompiler.Packets;

namespace RuleCompiler.Lowering;

/// <summary>Replaces conjuncts by signed references to atoms, each distinct atom once in the ruleset.</summary>
/// <remarks>A set that is mostly everything (<c>! -d X</c>) is stored as its complement with the opposite sign.</remarks>
internal static class InternPredicates
{
    public static void Run(LoweringState state, CancellationToken cancellation)
    {
        var indices = new Dictionary<Condition, int>(ConditionComparer.Instance);
        foreach (var rules in state.Rules)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (ref var rule in rules.AsSpan())
            {
                Intern(state, ref rule, indices);
            }
        }
    }

    /// <summary>The atom that a condition is kept as, and whether its sign is turned round.</summary>
    public static (Condition Atom, bool IsNegated) Normalize(Condition condition)
    {
        switch (condition)
        {
            case Condition.NotCondition not:
                var (inner, isNegated) = Normalize(not.Operand);
                return (inner, !isNegated);
            case Condition.FieldCondition field:
                return Normalize(field);
            default:
                return (condition, false);
        }
    }

    private static void Intern(LoweringState state, ref LoweredRule rule, Dictionary<Condition, int> indices)
    {
        rule.FirstReference = state.References.Count;
        foreach (var conjunct in rule.Conjuncts)
        {
            var (atom, isNegated) = Normalize(conjunct);
            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(indices, atom, out var exists);
            if (!exists)
            {
                index = state.Atoms.Count;
                state.Atoms.Add(atom);
            }
            var reference = (index << 1) | (isNegated ? 1 : 0);
            var given = CollectionsMarshal.AsSpan(state.References)[rule.FirstReference..];
            if (!given.Contains(reference))
            {
                rule.IsNever |= given.Contains(reference ^ 1) && atom is not Condition.UnknownCondition { IsStateful: true };
                state.References.Add(reference);
            }
            else if (atom is Condition.UnknownCondition { IsStateful: true })
            {
                state.References.Add(reference); // asked twice, answered twice
            }
        }
        rule.ReferenceCount = state.References.Count - rule.FirstReference;
        rule.Conjuncts = [];
    }

    private static (Condition Atom, bool IsNegated) Normalize(Condition.FieldCondition condition)
    {
        var field = condition.TestedField;
        var max = PacketFieldInfo.Max(field);
        if (IsMostlyEverything(condition.Set, max)
            && WithoutIdleAbsent(field, condition.Set.Complement(max)) is { IsEmpty: false } complement)
        {
            return (Condition.Field(field, complement), true);
        }
        var set = WithoutIdleAbsent(field, condition.Set);
        return (ReferenceEquals(set, condition.Set) ? condition : Condition.Field(field, set), false);
    }

    private static bool IsMostlyEverything(FieldSet set, UInt128 max) => set.IsMasked
        ? set.IsNegated
        : set.Ranges is [{ Low: var low }, .., { High: var high }] && low == 0 && high == max;

    /// <summary>Of a field that every packet has, sets that differ only in 'absent' are one.</summary>
    private static FieldSet WithoutIdleAbsent(PacketField field, FieldSet set) =>
        PacketFieldInfo.IsAlwaysPresent(field) ? set.WithAbsent(false) : set;
}
