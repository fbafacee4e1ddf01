using RuleCompiler.DecisionTables;

namespace RuleCompiler.Cli.Output;

/// <summary>Which rules jump or go to each chain.</summary>
internal sealed class ChainCallers
{
    private readonly List<(DecisionTable Chain, int RuleNumber)>[] _byChain;

    public ChainCallers(CompiledRuleset ruleset)
    {
        _byChain = new List<(DecisionTable, int)>[ruleset.Tables.Length];
        foreach (var table in ruleset.Tables)
        {
            foreach (ref readonly var row in table.Rows.AsSpan())
            {
                if (row.Kind is ActionKind.Jump or ActionKind.Goto)
                {
                    (_byChain[row.Target] ??= []).Add((table, row.RuleNumber));
                }
            }
        }
    }

    /// <summary>The callers of a chain in the order of chains and rules.</summary>
    public IReadOnlyList<(DecisionTable Chain, int RuleNumber)> Of(int chainIndex) => _byChain[chainIndex] ?? [];
}
