using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Puts the members that a host tells in place of the sets that rules ask for.</summary>
internal static class KnownSets
{
    /// <summary>The rules with every set decided that can be; the same rules where there is none.</summary>
    public static CompiledRuleset Decide(CompiledRuleset rules, HostFacts host)
    {
        if (host.Sets.IsEmpty || !Array.Exists(rules.Predicates, predicate => AsksSet(predicate.Condition)))
        {
            return rules;
        }
        var sets = new SetMembership(host);
        return new CompiledRuleset
        {
            Family = rules.Family,
            Flavour = rules.Flavour,
            DeclaredTables = rules.DeclaredTables,
            Tables = rules.Tables,
            Predicates = Array.ConvertAll(rules.Predicates, predicate => AsksSet(predicate.Condition)
                ? new Predicate(Decide(predicate.Condition), null, -1, -1, false) : predicate),
            PredicateReferences = rules.PredicateReferences,
            Actions = rules.Actions,
            Classifiers = rules.Classifiers,
            BaseChains = rules.BaseChains,
        };

        Condition Decide(Condition condition) => condition switch
        {
            Condition.MemberCondition { IsChanging: false } member => sets.ConditionOf(member.SetName, member.Dimensions, rules.Family) ?? member,
            Condition.NotCondition not => Condition.Not(Decide(not.Operand)),
            Condition.AllOfCondition all => Condition.AllOf([.. all.Parts.Select(Decide)]),
            Condition.AnyOfCondition any => Condition.AnyOf([.. any.Parts.Select(Decide)]),
            _ => condition,
        };
    }

    private static bool AsksSet(Condition condition) => condition switch
    {
        Condition.MemberCondition => true,
        Condition.NotCondition not => AsksSet(not.Operand),
        Condition.AllOfCondition all => all.Parts.Any(AsksSet),
        Condition.AnyOfCondition any => any.Parts.Any(AsksSet),
        _ => false,
    };
}
