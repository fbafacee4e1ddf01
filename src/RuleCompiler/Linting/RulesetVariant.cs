using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting;

/// <summary>What a ruleset would be without some of it: how a check asks what a rule is for.</summary>
internal static class RulesetVariant
{
    /// <summary>The rules without some of them.</summary>
    public static CompiledRuleset Without(this CompiledRuleset rules, params ReadOnlySpan<RuleSymbol> left)
    {
        var tables = (DecisionTable[])rules.Tables.Clone();
        foreach (var rule in left)
        {
            var table = tables[rule.Chain.Index];
            tables[rule.Chain.Index] = table with { Rows = [.. table.Rows.Where(row => row.RuleNumber != rule.RuleNumber)] };
        }
        return Create(rules, tables, static _ => true);
    }

    /// <summary>The rules with one of them moved to the front of its chain.</summary>
    public static CompiledRuleset WithFirst(this CompiledRuleset rules, RuleSymbol rule)
    {
        var tables = (DecisionTable[])rules.Tables.Clone();
        var table = tables[rule.Chain.Index];
        tables[rule.Chain.Index] = table with { Rows = [.. table.Rows.OrderBy(row => row.RuleNumber == rule.RuleNumber ? 0 : 1)] };
        return Create(rules, tables, static _ => true);
    }

    /// <summary>The rules with some chains empty.</summary>
    public static CompiledRuleset WithoutRulesOf(this CompiledRuleset rules, Func<ChainSymbol, bool> isEmptied) => Create(
        rules,
        [.. rules.Tables.Select(table => isEmptied(table.Chain) ? table with { Rows = [] } : table)],
        static _ => true);

    /// <summary>The rules as if a table were not there.</summary>
    public static CompiledRuleset Without(this CompiledRuleset rules, TableKind kind) =>
        Create(rules, rules.Tables, table => table != kind);

    /// <summary>A row's references to predicates: of two rows the one with fewer of the same takes all that the other does.</summary>
    public static HashSet<int> TestsOf(this CompiledRuleset rules, Row row) =>
        [.. rules.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount)];

    private static CompiledRuleset Create(CompiledRuleset rules, DecisionTable[] tables, Func<TableKind, bool> isThere)
    {
        var baseChains = new DecisionTable?[NetfilterNames.Tables.Length * NetfilterNames.Hooks.Length];
        foreach (var table in tables)
        {
            if (table.Chain.Hook is { } hook && isThere(table.Chain.Table))
            {
                baseChains[((int)table.Chain.Table * NetfilterNames.Hooks.Length) + (int)hook] = table;
            }
        }
        return new CompiledRuleset
        {
            Family = rules.Family,
            Flavour = rules.Flavour,
            DeclaredTables = rules.DeclaredTables,
            Tables = tables,
            Predicates = rules.Predicates,
            PredicateReferences = rules.PredicateReferences,
            Actions = rules.Actions,
            Classifiers = rules.Classifiers,
            BaseChains = baseChains,
        };
    }
}
