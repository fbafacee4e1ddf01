using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
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

    /// <summary>The rules with some of their rows only, chain by chain: what no row left refers to is left out with the others.</summary>
    /// <remarks>Values are not classified, since the classes of all rules tell apart much that the rules left do not.</remarks>
    public static CompiledRuleset WithOnly(this CompiledRuleset rules, DecisionTable[] left)
    {
        var (predicates, actions, references) = (new Dictionary<int, int>(), new Dictionary<int, int>(), new List<int>());
        var tables = Array.ConvertAll(left, table => table.Rows.Length == 0 ? table : table with { Rows = Array.ConvertAll(table.Rows, Renumber) });
        return new CompiledRuleset
        {
            Family = rules.Family,
            Flavour = rules.Flavour,
            DeclaredTables = rules.DeclaredTables,
            Tables = tables,
            Predicates = [.. predicates.OrderBy(pair => pair.Value).Select(pair => rules.Predicates[pair.Key] with { LowClass = -1, HighClass = -1 })],
            PredicateReferences = [.. references],
            Actions = [.. actions.OrderBy(pair => pair.Value).Select(pair => rules.Actions[pair.Key])],
            Services = rules.Services,
            Classifiers = new FieldClassifier?[rules.Classifiers.Length],
            BaseChains = BaseChainsOf(tables, static _ => true),
        };

        Row Renumber(Row row)
        {
            var first = references.Count;
            foreach (var reference in rules.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
            {
                references.Add((2 * NumberOf(predicates, reference >> 1)) | (reference & 1));
            }
            return row with
            {
                FirstPredicate = first,
                Target = row.Kind is ActionKind.Jump or ActionKind.Goto || row.Target < 0 ? row.Target : NumberOf(actions, row.Target),
            };
        }

        static int NumberOf(Dictionary<int, int> numbers, int old) =>
            numbers.TryGetValue(old, out var number) ? number : numbers[old] = numbers.Count;
    }

    /// <summary>The rules as if a table were not there.</summary>
    public static CompiledRuleset Without(this CompiledRuleset rules, TableKind kind) =>
        Create(rules, rules.Tables, table => table != kind);

    /// <summary>
    /// The rules for packets whose addresses none of them names, as rules of IPv4: a test for some addresses fails, one for
    /// nearly all holds. New destinations lead nowhere in it, so that rules of both families can be laid side by side.
    /// </summary>
    public static CompiledRuleset WithoutAddresses(this CompiledRuleset rules)
    {
        var predicates = new List<Predicate>(rules.Predicates);
        var references = new List<int>();
        var reduced = rules.Predicates.Select(predicate => UnnamedAddresses.Reduce(predicate.Condition, rules.Family)).ToArray();
        DecisionTable[] tables = [.. rules.Tables.Select(table => table with { Rows = [.. table.Rows.Select(Reduce).OfType<Row>()] })];
        return new CompiledRuleset
        {
            Family = Family.IPv4,
            Flavour = rules.Flavour,
            DeclaredTables = rules.DeclaredTables,
            Tables = tables,
            Predicates = [.. predicates],
            PredicateReferences = [.. references],
            Actions = [.. rules.Actions.Select(UnnamedAddresses.Reduce)],
            Services = rules.Services,
            Classifiers = rules.Classifiers,
            BaseChains = BaseChainsOf(tables, static _ => true),
        };

        Row? Reduce(Row row)
        {
            var first = references.Count;
            foreach (var reference in rules.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
            {
                var condition = (reference & 1) != 0 ? Condition.Not(reduced[reference >> 1]) : reduced[reference >> 1];
                if (condition is Condition.NeverCondition)
                {
                    references.RemoveRange(first, references.Count - first);
                    return null;
                }
                foreach (var part in condition is Condition.AllOfCondition all ? all.Parts : condition is Condition.AlwaysCondition ? [] : [condition])
                {
                    var isNegated = part is Condition.NotCondition;
                    var atom = (part as Condition.NotCondition)?.Operand ?? part;
                    references.Add((2 * predicates.Count) + (isNegated ? 1 : 0));
                    predicates.Add(new Predicate(atom, (atom as Condition.FieldCondition)?.TestedField, -1, -1, false));
                }
            }
            return row with { FirstPredicate = first, PredicateCount = (ushort)(references.Count - first) };
        }
    }

    /// <summary>A row's references to predicates: of two rows the one with fewer of the same takes all that the other does.</summary>
    public static HashSet<int> TestsOf(this CompiledRuleset rules, Row row) =>
        [.. rules.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount)];

    private static CompiledRuleset Create(CompiledRuleset rules, DecisionTable[] tables, Func<TableKind, bool> isThere) => new()
    {
        Family = rules.Family,
        Flavour = rules.Flavour,
        DeclaredTables = rules.DeclaredTables,
        Tables = tables,
        Predicates = rules.Predicates,
        PredicateReferences = rules.PredicateReferences,
        Actions = rules.Actions,
        Services = rules.Services,
        Classifiers = rules.Classifiers,
        BaseChains = BaseChainsOf(tables, isThere),
    };

    private static DecisionTable?[] BaseChainsOf(DecisionTable[] tables, Func<TableKind, bool> isThere)
    {
        var baseChains = new DecisionTable?[NetfilterNames.Tables.Length * NetfilterNames.Hooks.Length];
        foreach (var table in tables)
        {
            if (table.Chain.Hook is { } hook && isThere(table.Chain.Table))
            {
                baseChains[((int)table.Chain.Table * NetfilterNames.Hooks.Length) + (int)hook] = table;
            }
        }
        return baseChains;
    }
}
