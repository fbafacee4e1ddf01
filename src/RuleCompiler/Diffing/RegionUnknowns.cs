using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>What the packets of a region have in common that no field tells: facts that a space can say, and assumptions.</summary>
internal sealed class RegionUnknowns
{
    private readonly List<(SpaceFact Fact, bool Holds, Assumption? Assumption)> _facts = [];
    private readonly List<(Condition Condition, bool Holds)> _conditions = [];
    private readonly HashSet<Assumption> _told = [];
    private readonly SpaceFacts _given;

    /// <param name="ways">The ways of the packets through the dump or the dumps.</param>
    /// <param name="unknowns">The variables.</param>
    /// <param name="family">The family of the packets.</param>
    /// <param name="sides">The dumps of the ways, where there are two.</param>
    public RegionUnknowns(IEnumerable<Cell> ways, UnknownTable unknowns, Family family, params ReadOnlySpan<DiffSide> sides)
    {
        var cells = ways.ToList();
        _given = cells[0].Settled?.Facts ?? SpaceFacts.Empty;
        var made = cells.ConvertAll(cell => MadeBy(cell, unknowns));
        var ambiguous = sides.Length > 1 ? Ambiguous(made[0], made[1]) : [];
        var all = new List<Assumption>();
        for (var i = 0; i < cells.Count; i++)
        {
            var own = new List<Assumption>();
            foreach (var (assumed, plain) in made[i])
            {
                var assumption = ambiguous.Contains((plain.Name, plain.Place)) ? plain with { Rule = sides[i].TextOf(assumed.Chain, assumed.RuleNumber) } : plain;
                own.Add(assumption);
                Add(assumption, unknowns[assumed.Variable], assumed.Value == 1, cells[i].Settled?.Find(assumed.Variable), unknowns, family);
            }
            all.AddRange(AssumptionTexts.Agreed(own));
        }
        Assumptions = AssumptionTexts.Agreed(all);
    }

    /// <summary>All that is assumed, also what a packet itself can tell.</summary>
    public ImmutableArray<Assumption> Assumptions { get; }

    /// <summary>What of it no packet tells: what a trace of the witness has to be told.</summary>
    public ImmutableArray<Assumption> Untold => UntoldOf(Assumptions);

    /// <summary>Those of some assumptions that no packet tells.</summary>
    public ImmutableArray<Assumption> UntoldOf(ImmutableArray<Assumption> assumptions) => assumptions.RemoveAll(_told.Contains);

    /// <summary>The packet with what the region's packets have in common.</summary>
    public Packet Complete(Packet packet) => WitnessFacts.Apply(WitnessFacts.Apply(packet, _given), _conditions);

    /// <summary>The expressions with what fields do not tell.</summary>
    /// <param name="space">What fields tell.</param>
    /// <param name="assumptions">What is left of <see cref="Assumptions"/>: what makes no difference is dropped.</param>
    public ImmutableArray<string> Complete(ImmutableArray<string> space, ImmutableArray<Assumption> assumptions)
    {
        var facts = _facts.Where(fact => fact.Assumption is null || !Assumptions.Contains(fact.Assumption) || assumptions.Contains(fact.Assumption))
            .Select(fact => (fact.Fact, fact.Holds));
        var clauses = new SpaceFacts([.. _given.All.Concat(facts).DistinctBy(fact => fact.Item1)]).ToString();
        return clauses.Length == 0 ? space : [.. space.Select(expression => expression + clauses)];
    }

    /// <summary>What a way assumes, from its beginning on.</summary>
    private static List<(Assumed Assumed, Assumption Assumption)> MadeBy(Cell way, UnknownTable unknowns)
    {
        var made = new List<(Assumed, Assumption)>();
        for (var assumed = way.Assumed; assumed is not null; assumed = assumed.Before)
        {
            made.Add((assumed, AssumptionTexts.Of(assumed, unknowns)));
        }
        made.Reverse();
        return made;
    }

    /// <summary>Places at which the rules of two dumps ask for different things.</summary>
    private static HashSet<(string Name, string Place)> Ambiguous(
        List<(Assumed Assumed, Assumption Assumption)> old, List<(Assumed Assumed, Assumption Assumption)> other) =>
    [
        .. from one in old
           from another in other
           where one.Assumption.Name == another.Assumption.Name && one.Assumption.Place == another.Assumption.Place
               && one.Assumed.Variable != another.Assumed.Variable
           select (one.Assumption.Name, one.Assumption.Place),
    ];

    private void Add(Assumption assumption, UnknownVariable unknown, bool holds, bool? settled, UnknownTable unknowns, Family family)
    {
        if (unknown.Condition is not { } condition)
        {
            return;
        }
        if (WitnessFacts.IsTold(condition) || settled == true)
        {
            _told.Add(assumption);
            _conditions.Add((condition, holds));
        }
        if (!unknown.IsStateful && settled is null)
        {
            var (fact, isSame) = FactOf(condition, unknowns, family);
            _facts.Add((fact, holds == isSame, assumption));
        }
    }

    /// <summary>A condition as a fact, or as the opposite of one.</summary>
    private static (SpaceFact Fact, bool IsSame) FactOf(Condition condition, UnknownTable unknowns, Family family)
    {
        switch (condition)
        {
            case Condition.NotCondition not:
                var (fact, isSame) = FactOf(not.Operand, unknowns, family);
                return (fact, !isSame);
            case Condition.FieldCondition { Set.IncludesAbsent: true } without:
                return (FactOf(Condition.Not(without), unknowns, family).Fact, false);
            case Condition.MemberCondition member when IsOnly(member, unknowns):
                return (new SpaceFact(PacketClause.InSet, member.SetName), true);
            case Condition.UnknownCondition unknown:
                return (new SpaceFact(PacketClause.Match, unknown.Text.TrimEnd()), true);
            case Condition.FieldCondition { Set: { IsMasked: false, Ranges: [var range] } } groups
                when groups.TestedField == PacketField.Groups && range.Low == range.High:
                return (new SpaceFact(PacketClause.Groups, range.Low.ToString(CultureInfo.InvariantCulture)), true);
            case Condition.FieldCondition { Set: { IsMasked: true, IsNegated: true, Bits: var bits, Mask: var mask } } bit
                when bits == 0 && UInt128.PopCount(mask) == 1 && SettledUnknowns.ClauseOf(bit.TestedField) is var (clause, first):
                return (new SpaceFact(clause, (first + (uint)UInt128.TrailingZeroCount(mask)).ToString(CultureInfo.InvariantCulture)), true);
            default:
                return (new SpaceFact(PacketClause.Match, SettledUnknowns.TextOf(condition, family)), true);
        }
    }

    /// <summary>Whether rules ask for the set in one way only, so that its name says enough.</summary>
    private static bool IsOnly(Condition.MemberCondition member, UnknownTable unknowns) => unknowns.All().All(other =>
        other.Condition is not Condition.MemberCondition { SetName: var name } another || name != member.SetName
        || another.Dimensions.AsSpan().SequenceEqual(member.Dimensions.AsSpan()));
}
