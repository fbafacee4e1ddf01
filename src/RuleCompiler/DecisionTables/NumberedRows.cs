namespace RuleCompiler.DecisionTables;

/// <summary>Finds rows by the number of their rule.</summary>
internal static class NumberedRows
{
    /// <summary>Index of the first row of a rule or of one behind it; the number of rows where there is none.</summary>
    /// <param name="rows">Rows in the order of their rules.</param>
    /// <param name="ruleNumber">1-based.</param>
    public static int IndexFrom<T>(T[] rows, int ruleNumber)
        where T : struct, INumberedRow
    {
        var low = 0;
        var high = rows.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (rows[middle].RuleNumber < ruleNumber)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
