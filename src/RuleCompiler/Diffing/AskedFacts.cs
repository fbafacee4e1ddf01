using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Which sets, options, option texts and the like rules ask for.</summary>
/// <param name="rules">The rules, their sets not decided yet.</param>
internal sealed class AskedFacts(CompiledRuleset rules)
{
    private readonly Lazy<List<Condition>> _conditions = new(() => [.. rules.Predicates.SelectMany(predicate => PartsOf(predicate.Condition))]);

    /// <summary>Whether some rule asks for what a fact says, so that packets with it may be treated otherwise than those without.</summary>
    public bool IsAsked(SpaceFact fact)
    {
        var (there, missing) = (Of(true), Of(false));
        return _conditions.Value.Exists(condition => there.Decide(condition) is not null || missing.Decide(condition) is not null);

        SettledUnknowns Of(bool holds) => new(new SpaceFacts([(fact, holds)]), new UnknownTable(), rules.Family);
    }

    /// <summary>The values of a clause that rules ask for, as far as they have names.</summary>
    public IEnumerable<string> ValuesOf(PacketClause clause) => clause switch
    {
        PacketClause.InSet => _conditions.Value.OfType<Condition.MemberCondition>().Select(member => member.SetName),
        PacketClause.Match => _conditions.Value.OfType<Condition.UnknownCondition>().Select(unknown => unknown.Text),
        _ => [],
    };

    /// <summary>The lists of directions by which rules ask for a set.</summary>
    public IEnumerable<ImmutableArray<SetDimension>> DimensionsOf(string set) => _conditions.Value.OfType<Condition.MemberCondition>()
        .Where(member => member.SetName == set).Select(member => member.Dimensions).DistinctBy(dimensions => string.Join(',', dimensions));

    private static IEnumerable<Condition> PartsOf(Condition condition) => condition switch
    {
        Condition.NotCondition not => PartsOf(not.Operand).Prepend(condition),
        Condition.AllOfCondition all => all.Parts.SelectMany(PartsOf).Prepend(condition),
        Condition.AnyOfCondition any => any.Parts.SelectMany(PartsOf).Prepend(condition),
        _ => [condition],
    };
}
