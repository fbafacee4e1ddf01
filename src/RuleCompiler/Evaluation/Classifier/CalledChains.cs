using RuleCompiler.DecisionTables;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>Which chains a packet can come to from a chain.</summary>
internal static class CalledChains
{
    /// <returns>The chain itself first; each one once.</returns>
    public static List<DecisionTable> From(CompiledRuleset rules, DecisionTable chain)
    {
        var seen = new bool[rules.Tables.Length];
        var found = new List<DecisionTable> { chain };
        seen[chain.Chain.Index] = true;
        for (var i = 0; i < found.Count; i++)
        {
            foreach (ref readonly var row in found[i].Rows.AsSpan())
            {
                if (row.Kind is ActionKind.Jump or ActionKind.Goto && !seen[row.Target])
                {
                    seen[row.Target] = true;
                    found.Add(rules.Tables[row.Target]);
                }
            }
        }
        return found;
    }
}
