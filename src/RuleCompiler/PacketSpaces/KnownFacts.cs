using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Puts what a host tells in place of what rules ask of it: the members of sets, the types of addresses, who listens.</summary>
/// <param name="host">The machine.</param>
/// <param name="rules">The rules.</param>
internal sealed class KnownFacts(HostFacts host, CompiledRuleset rules)
{
    private readonly SetMembership _sets = new(host);
    private readonly AddressTypeRanges _types = new(host, rules.Family);
    private readonly KnownListeners? _listeners = KnownListeners.AreAsked(rules) ? new(host, rules.Family) : null;

    /// <summary>The rules with everything decided that can be; the same rules where there is none.</summary>
    public static CompiledRuleset Decide(CompiledRuleset rules, HostFacts host)
    {
        if (!Array.Exists(rules.Predicates, predicate => Asks(predicate.Condition)))
        {
            return rules;
        }
        var facts = new KnownFacts(host, rules);
        return new CompiledRuleset
        {
            Family = rules.Family,
            Flavour = rules.Flavour,
            DeclaredTables = rules.DeclaredTables,
            Tables = rules.Tables,
            Predicates = Array.ConvertAll(rules.Predicates, predicate => Asks(predicate.Condition)
                ? new Predicate(facts.Decide(predicate.Condition), null, -1, -1, false) : predicate),
            PredicateReferences = rules.PredicateReferences,
            Actions = rules.Actions,
            Services = rules.Services,
            Classifiers = rules.Classifiers,
            BaseChains = rules.BaseChains,
        };
    }

    /// <summary>A condition with everything decided that can be.</summary>
    public Condition Decide(Condition condition) => condition switch
    {
        Condition.MemberCondition member => _sets.IsChanging(member) ? member.AsChanging()
            : _sets.ConditionOf(member.SetName, member.Dimensions, rules.Family) ?? member,
        Condition.FieldCondition { TestedField: PacketField.ReceivingSocket, Set: var sockets } socket => _listeners?.ConditionOf(sockets) ?? socket,
        Condition.FieldCondition field => _types.ConditionOf(field.TestedField, field.Set) ?? field,
        Condition.NotCondition not => Condition.Not(Decide(not.Operand)),
        Condition.AllOfCondition all => Condition.AllOf([.. all.Parts.Select(Decide)]),
        Condition.AnyOfCondition any => Condition.AnyOf([.. any.Parts.Select(Decide)]),
        _ => condition,
    };

    private static bool Asks(Condition condition) => condition switch
    {
        Condition.MemberCondition => true,
        Condition.FieldCondition field => field.TestedField is >= PacketField.SourceAddressType and <= PacketField.ReceivingSocket,
        Condition.NotCondition not => Asks(not.Operand),
        Condition.AllOfCondition all => all.Parts.Any(Asks),
        Condition.AnyOfCondition any => any.Parts.Any(Asks),
        _ => false,
    };
}
