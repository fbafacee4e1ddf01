using System.Collections.Immutable;
using System.Globalization;

namespace RuleCompiler.Packets;

/// <summary>Facts that hold, and others that do not, of all packets of a part of a space.</summary>
/// <param name="facts">Each fact once, in the order in which the expression has them.</param>
internal sealed class SpaceFacts(ImmutableArray<(SpaceFact Fact, bool Holds)> facts)
{
    /// <summary>Nothing is said.</summary>
    public static SpaceFacts Empty { get; } = new([]);

    public ImmutableArray<(SpaceFact Fact, bool Holds)> All { get; } = facts;

    /// <summary>Whether a fact holds; null where nothing is said of it.</summary>
    public bool? Find(SpaceFact fact)
    {
        foreach (var (known, holds) in All)
        {
            if (known == fact)
            {
                return holds;
            }
        }
        return null;
    }

    /// <summary>The values of a clause that hold, or that do not.</summary>
    public IEnumerable<string> Of(PacketClause clause, bool holds) =>
        All.Where(fact => fact.Fact.Clause == clause && fact.Holds == holds).Select(fact => fact.Fact.Value);

    /// <summary>The same of a clause whose values are numbers.</summary>
    public IEnumerable<uint> NumbersOf(PacketClause clause, bool holds) =>
        Of(clause, holds).Where(value => value != SpaceFact.None).Select(value => uint.Parse(value, CultureInfo.InvariantCulture));

    /// <summary>The facts as clauses of a space, a blank before each.</summary>
    public override string ToString()
    {
        var clauses = new List<string>();
        foreach (var clause in All.Select(fact => fact.Fact.Clause).Distinct().Order())
        {
            var name = ClauseNames.Of(clause);
            if (clause is PacketClause.InSet or PacketClause.Match)
            {
                clauses.AddRange(All.Where(fact => fact.Fact.Clause == clause).Select(fact => $" {name} {(fact.Holds ? "" : "!")}{Word(fact.Fact)}"));
                continue;
            }
            var (there, missing) = (Sorted(clause, true), Sorted(clause, false));
            clauses.Add(
                missing.Count == 0 ? $" {name} {string.Join(',', there)}"
                : there.Count == 0 && missing.Count == 1 ? $" {name} !{missing[0]}"
                : $" {name} {(there.Count == 0 ? SpaceFact.None : string.Join(',', there))}/{string.Join(',', Ordered(there.Concat(missing)))}");
        }
        return string.Concat(clauses);
    }

    private List<string> Sorted(PacketClause clause, bool holds) => [.. Ordered(Of(clause, holds))];

    private static IEnumerable<string> Ordered(IEnumerable<string> numbers) => numbers.OrderBy(value => value.Length).ThenBy(value => value, StringComparer.Ordinal);

    private static string Word(SpaceFact fact) => fact.Clause == PacketClause.Match ? ClauseWords.Quote(fact.Value) : ClauseWords.PrintName(fact.Value);
}
