using RuleCompiler.Netfilter;

namespace RuleCompiler.Binding;

/// <summary>From which hooks each chain is reached, over jumps and gotos.</summary>
internal static class HookReach
{
    /// <summary>By <see cref="Symbols.ChainSymbol.Index"/>; none for a chain that no base chain reaches.</summary>
    public static HookSet[] Of(BoundRuleset ruleset)
    {
        var hooks = new HookSet[ruleset.Chains.Length];
        var pending = new Stack<int>();
        foreach (var chain in ruleset.Chains)
        {
            if (chain.Symbol.Hook is { } hook)
            {
                hooks[chain.Symbol.Index] = hook.ToSet();
                pending.Push(chain.Symbol.Index);
            }
        }
        while (pending.TryPop(out var index))
        {
            foreach (var rule in ruleset.Chains[index].Rules)
            {
                if (rule.Callee is { Hook: null } callee && (hooks[index] & ~hooks[callee.Index]) != 0)
                {
                    hooks[callee.Index] |= hooks[index];
                    pending.Push(callee.Index);
                }
            }
        }
        return hooks;
    }
}
