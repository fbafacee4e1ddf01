using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Lowering;

/// <summary>Bound rules to decision tables, pass by pass.</summary>
internal static class Lowerer
{
    /// <summary>The passes in order; none removes what a trace must show.</summary>
    public static ImmutableArray<Action<LoweringState, CancellationToken>> Passes { get; } =
        [LowerConditions.Run, InternPredicates.Run, AssignClasses.Run, PackRows.Run];

    /// <param name="ruleset">A ruleset that was bound without an error.</param>
    /// <param name="cancellation">Asked between passes and chains.</param>
    public static CompiledRuleset Lower(BoundRuleset ruleset, CancellationToken cancellation)
    {
        var state = new LoweringState(ruleset);
        foreach (var pass in Passes)
        {
            pass(state, cancellation);
        }
        var baseChains = new DecisionTable?[NetfilterNames.Tables.Length * NetfilterNames.Hooks.Length];
        foreach (var table in state.Tables)
        {
            if (table.Chain.Hook is { } hook)
            {
                baseChains[((int)table.Chain.Table * NetfilterNames.Hooks.Length) + (int)hook] = table;
            }
        }
        return new CompiledRuleset
        {
            Family = ruleset.Family,
            Flavour = ruleset.Flavour,
            DeclaredTables = ruleset.Tables,
            Tables = state.Tables,
            Predicates = state.Predicates,
            PredicateReferences = [.. state.References],
            Actions = [.. state.Actions],
            Services = (KernelServices)state.Services,
            Classifiers = state.Classifiers,
            BaseChains = baseChains,
        };
    }
}
