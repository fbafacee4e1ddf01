using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Finds what the facts of spaces mean to rules: sets by their members, types of addresses and listeners by addresses, where the host tells them.</summary>
/// <param name="rules">The rules, their sets not decided yet.</param>
/// <param name="host">The machine.</param>
internal sealed class SpaceBinder(CompiledRuleset rules, HostFacts host)
{
    private readonly AskedFacts _asked = new(rules);
    private readonly SetMembership _sets = new(host);
    private readonly KnownFacts _known = new(host, rules);

    /// <summary>The alternatives of a space: what fields must be, and what else holds.</summary>
    public ImmutableArray<(Condition Condition, SpaceFacts Facts)> Bind(SpaceExpression space) =>
        [.. space.Alternatives.Select(facts => (Condition.AllOf([_known.Decide(space.Condition), .. ConditionsOf(facts)]), facts))];

    private IEnumerable<Condition> ConditionsOf(SpaceFacts facts)
    {
        if (facts.Of(PacketClause.Groups, holds: true).Any())
        {
            yield return Condition.Field(PacketField.Uid, FieldSet.Present);
        }
        foreach (var (fact, holds) in facts.All.Where(fact => fact.Fact.Clause == PacketClause.InSet))
        {
            foreach (var dimensions in _asked.DimensionsOf(fact.Value))
            {
                if (_sets.ConditionOf(fact.Value, dimensions, rules.Family) is { } members)
                {
                    yield return holds ? members : Condition.Not(members);
                }
            }
        }
    }
}
