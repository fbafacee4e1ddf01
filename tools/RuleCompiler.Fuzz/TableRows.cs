using System.Text;
using RuleCompiler.Cli.Output;
using RuleCompiler.Text;

namespace RuleCompiler.Fuzz;

/// <summary>What the decision tables of a dump say, as a list of texts that two dumps of the same meaning have in common.</summary>
internal static class TableRows
{
    /// <summary>
    /// Every row with its place, every user chain, and every policy that drops: a base chain that is not declared
    /// accepts, so one that accepts says nothing.
    /// </summary>
    public static List<string> Of(Compilation compilation)
    {
        var rows = new List<string>();
        foreach (var family in compilation.Families)
        {
            if (compilation.GetTables(family) is not { } ruleset)
            {
                continue;
            }
            using var cells = new RowCells(ruleset);
            using var action = new Utf8Buffer();
            foreach (var table in ruleset.Tables)
            {
                var chain = $"{family} {ruleset.Flavour} {table.Chain}";
                if (table.Chain.Hook is null || table.Chain.PolicyDrops)
                {
                    rows.Add(chain);
                }
                foreach (var row in table.Rows)
                {
                    var predicates = new List<string>();
                    foreach (var reference in cells.References(row))
                    {
                        predicates.Add(Encoding.UTF8.GetString(cells.Predicate(reference)));
                    }
                    predicates.Sort(StringComparer.Ordinal);
                    action.Clear();
                    cells.WriteAction(action, row);
                    rows.Add($"{chain}:{row.RuleNumber} {string.Join(" and ", predicates)} {action}");
                }
            }
        }
        return rows;
    }
}
