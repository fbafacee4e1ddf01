using System.Runtime.InteropServices;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;

namespace RuleCompiler.Lowering;

/// <summary>Lays the rules down as rows; rules that can never match get none. Each distinct action is kept once.</summary>
internal static class PackRows
{
    public static void Run(LoweringState state, CancellationToken cancellation)
    {
        var actions = new Dictionary<RuleAction, int>();
        var tables = new DecisionTable[state.Ruleset.Chains.Length];
        foreach (var chain in state.Ruleset.Chains)
        {
            cancellation.ThrowIfCancellationRequested();
            tables[chain.Symbol.Index] = new DecisionTable(chain.Symbol, PackChain(state, chain, actions));
        }
        state.Tables = tables;
    }

    private static Row[] PackChain(LoweringState state, BoundChain chain, Dictionary<RuleAction, int> actions)
    {
        var lowered = state.Rules[chain.Symbol.Index];
        var count = 0;
        foreach (ref readonly var rule in lowered.AsSpan())
        {
            count += rule.IsNever ? 0 : 1;
        }
        var rows = new Row[count];
        var next = 0;
        for (var i = 0; i < lowered.Length; i++)
        {
            if (!lowered[i].IsNever)
            {
                rows[next++] = PackRule(state, chain.Rules[i], lowered[i], actions);
            }
        }
        return rows;
    }

    private static Row PackRule(
        LoweringState state, BoundRule rule, in LoweredRule lowered, Dictionary<RuleAction, int> actions)
    {
        var references = (ushort)lowered.ReferenceCount;
        if (lowered.Action is not { } action)
        {
            var kind = rule.IsGoto ? ActionKind.Goto : ActionKind.Jump;
            var callee = rule.Callee is { } symbol ? symbol.Index : throw new InvalidOperationException();
            return new Row(lowered.FirstReference, references, kind, callee, rule.Number, rule.Line);
        }
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(actions, action, out var exists);
        if (!exists)
        {
            index = state.Actions.Count;
            state.Actions.Add(action);
        }
        return new Row(lowered.FirstReference, references, action.Kind, index, rule.Number, rule.Line);
    }
}
