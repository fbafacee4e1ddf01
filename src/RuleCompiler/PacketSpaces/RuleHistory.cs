using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Which conditions hang on what came before, of this packet's way or of others: their answer is not the same wherever they are asked.</summary>
/// <param name="rules">The rules, some of which may change what others ask for.</param>
internal sealed class RuleHistory(CompiledRuleset rules)
{
    private readonly Effect.ChangeTcp[] _changes = [.. rules.Actions.Select(action => action.Effect).OfType<Effect.ChangeTcp>()];

    public bool Decides(Condition condition) => condition switch
    {
        Condition.UnknownCondition unknown => unknown.IsStateful,
        Condition.MemberCondition member => member.IsChanging,
        // Boxes follow changes of other fields.
        Condition.FieldCondition field => FieldValues.IsOfMany(field.TestedField) && Array.Exists(_changes, change => change.Changes(field.TestedField)),
        Condition.NotCondition not => Decides(not.Operand),
        Condition.AllOfCondition all => all.Parts.Any(Decides),
        Condition.AnyOfCondition any => any.Parts.Any(Decides),
        _ => false,
    };
}
