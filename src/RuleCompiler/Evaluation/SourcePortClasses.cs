using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>Source ports that no rule tells apart: packets that differ in nothing else end the same way.</summary>
/// <remarks>
/// The source port of a connection is mostly one that its sender picked, another one each time, and rules seldom ask for it.
/// There are no classes where rules use it otherwise than to compare it with ranges: where a set is asked, a mark hashed from
/// it, the connection looked at, or where a source is translated, which says what the port becomes.
/// </remarks>
public sealed class SourcePortClasses
{
    private readonly FieldClassifier _classes;

    private SourcePortClasses(SortedSet<UInt128> starts) => _classes = new FieldClassifier([.. starts]);

    /// <summary>The classes of a dump; null where the port may matter otherwise.</summary>
    /// <param name="compilation">A compilation without errors.</param>
    public static SourcePortClasses? Find(Compilation compilation)
    {
        var starts = new SortedSet<UInt128>();
        var rulesets = compilation.Families.Select(compilation.GetTables).OfType<CompiledRuleset>();
        return rulesets.All(rules => rules.Actions.All(IsIndifferent) && rules.Predicates.All(predicate => Collect(predicate.Condition, starts)))
            ? new SourcePortClasses(starts)
            : null;
    }

    /// <summary>The class of a port, 0-based.</summary>
    public int ClassOf(ushort port) => _classes.Classify(port);

    private static bool IsIndifferent(RuleAction action) =>
        action.Kind is not (ActionKind.Snat or ActionKind.Masquerade or ActionKind.Netmap) && IsIndifferent(action.Effect);

    private static bool IsIndifferent(Effect? effect) => effect switch
    {
        Effect.HashMark => false,
        Effect.ShiftMark shift => IsIndifferent(shift.Unshifted),
        Effect.Several several => several.Effects.All(IsIndifferent),
        _ => true,
    };

    /// <summary>Collects where classes begin.</summary>
    /// <returns>False where the condition asks for more than that.</returns>
    private static bool Collect(Condition condition, SortedSet<UInt128> starts) => condition switch
    {
        Condition.MemberCondition or Condition.UnknownCondition { Told: not null } => false,
        Condition.FieldCondition { TestedField: PacketField.SourcePort } field => Collect(field.Set, starts),
        Condition.FieldCondition field => field.TestedField is not (PacketField.OriginalSourcePort
            or PacketField.ReplySourcePort or PacketField.ReplyDestinationPort or PacketField.ReceivingSocket),
        Condition.NotCondition not => Collect(not.Operand, starts),
        Condition.AllOfCondition all => all.Parts.All(part => Collect(part, starts)),
        Condition.AnyOfCondition any => any.Parts.All(part => Collect(part, starts)),
        _ => true,
    };

    private static bool Collect(FieldSet set, SortedSet<UInt128> starts)
    {
        if (set.IsMasked)
        {
            return false;
        }
        foreach (var (low, high) in set.Ranges)
        {
            starts.Add(low);
            starts.Add(high + 1);
        }
        starts.Remove(0);
        return true;
    }
}
