using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.Parsing;

/// <summary>Reads the clauses of a space that speak of sets, options and the like, of which a packet has any number.</summary>
/// <remarks>
/// Values with commas between them hold together, as in a packet; <c>|</c> stands between alternatives, <c>!</c> negates all
/// of it, and of numbers those behind a slash that are not before it are missing: <c>options 2/2,4</c>.
/// </remarks>
internal sealed class SpaceFactReader(SourceText text, DiagnosticBag diagnostics)
{
    private const uint MaxId = uint.MaxValue - 1; // -1 is the kernel's 'no id'

    private readonly List<(bool IsNegated, List<List<(SpaceFact Fact, bool Holds)>> Alternatives)> _clauses = [];
    private readonly List<(SpaceFact Fact, Location Place)> _places = [];

    /// <summary>Each fact spoken of, where it is first.</summary>
    public ImmutableArray<(SpaceFact Fact, Location Place)> Places => [.. _places.DistinctBy(place => place.Fact)];

    public static bool IsFact(PacketClause clause) => clause is PacketClause.InSet or PacketClause.Match or PacketClause.Groups
        or PacketClause.Options or PacketClause.Chunks;

    /// <summary>Whether the clause may stand several times: what it says then holds together.</summary>
    public static bool MayRepeat(PacketClause clause) => clause is PacketClause.InSet or PacketClause.Match or PacketClause.ExtHdr;

    public void Read(PacketClause kind, ClauseSyntax clause)
    {
        if (clause.Values is not { } list)
        {
            diagnostics.Report(PacketDiagnostics.MissingValue.At(
                new Location(text, clause.Name.Span), clause.Name.Text, SpaceWords.Needs(clause.Name.Text)));
            return;
        }
        var alternatives = new List<List<(SpaceFact, bool)>>();
        foreach (var words in list.Alternatives)
        {
            var facts = new List<(SpaceFact, bool)>();
            var isMask = false;
            foreach (var word in words)
            {
                if (!Read(kind, word, facts, ref isMask))
                {
                    diagnostics.Report(PacketDiagnostics.BadValue.At(
                        new Location(text, word.Span), clause.Name.Text, word.Text, SpaceWords.Needs(clause.Name.Text)));
                    return;
                }
            }
            alternatives.Add(facts);
        }
        _clauses.Add((list.Bang is not null, alternatives));
    }

    /// <summary>What all clauses say, as disjoint alternatives.</summary>
    public ImmutableArray<SpaceFacts> Alternatives()
    {
        var all = Places.Select(place => place.Fact).ToList();
        var result = ImmutableArray.CreateBuilder<SpaceFacts>();
        Divide([], 0);
        return result.ToImmutable();

        void Divide(ImmutableArray<(SpaceFact Fact, bool Holds)> known, int next)
        {
            var facts = new SpaceFacts(known);
            var open = false;
            foreach (var clause in _clauses)
            {
                var value = Evaluate(clause, facts);
                if (value == false)
                {
                    return;
                }
                open |= value is null;
            }
            if (!open)
            {
                result.Add(facts);
                return;
            }
            Divide(known.Add((all[next], true)), next + 1);
            Divide(known.Add((all[next], false)), next + 1);
        }
    }

    private static bool? Evaluate((bool IsNegated, List<List<(SpaceFact Fact, bool Holds)>> Alternatives) clause, SpaceFacts facts)
    {
        bool? any = false;
        foreach (var alternative in clause.Alternatives)
        {
            var values = alternative.ConvertAll(fact => facts.Find(fact.Fact) is { } known ? known == fact.Holds : (bool?)null);
            bool? all = values.Contains(false) ? false : values.Contains(null) ? null : true;
            any = any == true || all == true ? true : any is null || all is null ? null : false;
        }
        return any ^ clause.IsNegated;
    }

    /// <param name="kind">The clause.</param>
    /// <param name="word">A word of it.</param>
    /// <param name="facts">Takes what it says.</param>
    /// <param name="isMask">Whether words are behind the slash.</param>
    private bool Read(PacketClause kind, Word word, List<(SpaceFact Fact, bool Holds)> facts, ref bool isMask)
    {
        if (kind is PacketClause.InSet or PacketClause.Match)
        {
            if (word.Text.Length == 0 || word is { IsQuoted: false, Text: "*" })
            {
                return false;
            }
            Add(kind, word, word.Text, true, facts);
            return true;
        }
        var slash = word.Text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            var (there, mask) = (word.Part(0, slash), word.Part(slash + 1, word.Text.Length - slash - 1));
            var isOne = !isMask && (there.Text == SpaceFact.None ? facts.Count == 0 : ReadNumber(kind, there, facts, isMask: false));
            isMask = true;
            return isOne && ReadNumber(kind, mask, facts, isMask: true);
        }
        if (word.Text == SpaceFact.None && kind != PacketClause.Groups)
        {
            Add(kind, word, SpaceFact.None, true, facts);
            return facts.Count == 1;
        }
        return ReadNumber(kind, word, facts, isMask);
    }

    private bool ReadNumber(PacketClause kind, Word word, List<(SpaceFact Fact, bool Holds)> facts, bool isMask)
    {
        if (ClauseWords.FindNumber(word.Text) is not { } number || number > (kind == PacketClause.Groups ? MaxId : byte.MaxValue))
        {
            return false;
        }
        var value = number.ToString(CultureInfo.InvariantCulture);
        if (!facts.Exists(fact => fact.Fact.Value == value))
        {
            Add(kind, word, value, !isMask, facts);
        }
        return true;
    }

    private void Add(PacketClause kind, Word word, string value, bool holds, List<(SpaceFact Fact, bool Holds)> facts)
    {
        var fact = new SpaceFact(kind, value);
        facts.Add((fact, holds));
        _places.Add((fact, new Location(text, word.Span)));
    }
}
