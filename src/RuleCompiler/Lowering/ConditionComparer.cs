using System.Collections.Immutable;
using System.Diagnostics;
using RuleCompiler.Packets;

namespace RuleCompiler.Lowering;

/// <summary>Conditions of the same form and content are equal: what makes predicates shared.</summary>
internal sealed class ConditionComparer : IEqualityComparer<Condition>
{
    public static ConditionComparer Instance { get; } = new();

    public bool Equals(Condition? x, Condition? y) => (x, y) switch
    {
        (Condition.FieldCondition a, Condition.FieldCondition b) => a.TestedField == b.TestedField && a.Set.Equals(b.Set),
        (Condition.UnknownCondition a, Condition.UnknownCondition b) => a.IsStateful == b.IsStateful && a.Text == b.Text,
        (Condition.MemberCondition a, Condition.MemberCondition b) => a.Text == b.Text,
        (Condition.NotCondition a, Condition.NotCondition b) => Equals(a.Operand, b.Operand),
        (Condition.AllOfCondition a, Condition.AllOfCondition b) => PartsEqual(a.Parts, b.Parts),
        (Condition.AnyOfCondition a, Condition.AnyOfCondition b) => PartsEqual(a.Parts, b.Parts),
        _ => ReferenceEquals(x, y),
    };

    public int GetHashCode(Condition obj) => obj switch
    {
        Condition.FieldCondition f => ((int)f.TestedField * 31) ^ f.Set.GetHashCode(),
        Condition.UnknownCondition u => u.Text.GetHashCode(StringComparison.Ordinal),
        Condition.MemberCondition m => ~m.Text.GetHashCode(StringComparison.Ordinal),
        Condition.NotCondition n => ~GetHashCode(n.Operand),
        Condition.AllOfCondition a => HashOf(a.Parts, 17),
        Condition.AnyOfCondition a => HashOf(a.Parts, 23),
        Condition.AlwaysCondition => 1,
        Condition.NeverCondition => 2,
        _ => throw new UnreachableException(),
    };

    private bool PartsEqual(ImmutableArray<Condition> a, ImmutableArray<Condition> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }
        for (var i = 0; i < a.Length; i++)
        {
            if (!Equals(a[i], b[i]))
            {
                return false;
            }
        }
        return true;
    }

    private int HashOf(ImmutableArray<Condition> parts, int seed)
    {
        foreach (var part in parts)
        {
            seed = (seed * 31) + GetHashCode(part);
        }
        return seed;
    }
}
