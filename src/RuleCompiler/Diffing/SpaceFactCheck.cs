using RuleCompiler.Diagnostics;
using RuleCompiler.Packets;

namespace RuleCompiler.Diffing;

/// <summary>Notices what a space says that no rule asks for, and that so limits nothing.</summary>
internal static class SpaceFactCheck
{
    /// <summary>The problems of a space, in order of place.</summary>
    /// <param name="space">The space.</param>
    /// <param name="compilations">The dumps, without errors.</param>
    public static IEnumerable<Diagnostic> Of(SpaceExpression space, IEnumerable<Compilation> compilations)
    {
        if (space.Facts.IsEmpty)
        {
            return [];
        }
        var rules = (from compilation in compilations
                     from family in compilation.Families
                     where space.Family is null || space.Family == family
                     let tables = compilation.GetTables(family)
                     where tables is not null
                     select new AskedFacts(tables)).ToList();
        return space.Facts.Where(known => !rules.Exists(asked => asked.IsAsked(known.Fact))).Select(known => SpaceDiagnostics.UnaskedFact.At(
            known.Place,
            ClauseNames.Of(known.Fact.Clause),
            known.Fact.Value,
            Suggestion.For(known.Fact.Value, rules.SelectMany(asked => asked.ValuesOf(known.Fact.Clause)).Distinct())));
    }
}
