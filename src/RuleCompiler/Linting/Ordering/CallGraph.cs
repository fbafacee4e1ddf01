using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Which rules call which chain, and from which hooks a chain is reached.</summary>
internal sealed class CallGraph
{
    private readonly RuleKey[][] _callers;
    private readonly int[] _callees; // of all rules that call, in their order
    private readonly int[] _firstCallee; // of each chain's rules; one more entry than chains
    private readonly ImmutableArray<Hook>[] _hooks;
    private readonly int[] _depths;

    public CallGraph(BoundRuleset rules)
    {
        var (callees, calls) = (new List<int>(), new List<RuleKey>());
        _firstCallee = new int[rules.Chains.Length + 1];
        foreach (var chain in rules.Chains)
        {
            foreach (var rule in chain.Rules)
            {
                if (rule.Callee is { } callee)
                {
                    callees.Add(callee.Index);
                    calls.Add(new RuleKey(chain.Symbol.Index, rule.Number));
                }
            }
            _firstCallee[chain.Symbol.Index + 1] = callees.Count;
        }
        _callees = [.. callees];
        _callers = FindCallers(calls);
        _hooks = FindHooks(rules);
        _depths = FindDepths();
    }

    /// <summary>The hooks from which packets can get to a chain; none for a chain that nothing calls.</summary>
    public ImmutableArray<Hook> HooksOf(int chain) => _hooks[chain];

    /// <summary>The rules that call a chain.</summary>
    public IReadOnlyList<RuleKey> CallersOf(int chain) => _callers[chain];

    /// <summary>Of all ways from a chain that nothing calls the longest, in calls; <see cref="int.MaxValue"/> where they run in a circle.</summary>
    public int DepthOf(int chain) => _depths[chain];

    /// <summary>The chains that rules of a chain call, call by call.</summary>
    private ReadOnlySpan<int> CalleesOf(int chain) => _callees.AsSpan(_firstCallee[chain].._firstCallee[chain + 1]);

    private RuleKey[][] FindCallers(List<RuleKey> calls)
    {
        // Generated dumps have chains that every other one calls.
        var counts = new int[_firstCallee.Length - 1];
        foreach (var callee in _callees)
        {
            counts[callee]++;
        }
        RuleKey[][] callers = [.. counts.Select(count => count == 0 ? [] : new RuleKey[count])];
        for (var call = 0; call < _callees.Length; call++)
        {
            callers[_callees[call]][^counts[_callees[call]]--] = calls[call];
        }
        return callers;
    }

    private ImmutableArray<Hook>[] FindHooks(BoundRuleset rules)
    {
        var sets = new int[rules.Chains.Length];
        var work = new Stack<int>();
        foreach (var chain in rules.Chains)
        {
            if (chain.Symbol.Hook is not { } hook)
            {
                continue;
            }
            var bit = 1 << (int)hook;
            work.Push(chain.Symbol.Index);
            while (work.TryPop(out var met))
            {
                if ((sets[met] & bit) != 0)
                {
                    continue;
                }
                sets[met] |= bit;
                foreach (var callee in CalleesOf(met))
                {
                    if ((sets[callee] & bit) == 0)
                    {
                        work.Push(callee);
                    }
                }
            }
        }
        ImmutableArray<Hook>[] all = [.. Enumerable.Range(0, 1 << NetfilterNames.Hooks.Length)
            .Select(set => NetfilterNames.Hooks.Where(hook => (set & (1 << (int)hook)) != 0).ToImmutableArray())];
        return Array.ConvertAll(sets, set => all[set]);
    }

    private int[] FindDepths()
    {
        var open = Array.ConvertAll(_callers, callers => callers.Length);
        var depths = new int[open.Length];
        Array.Fill(depths, int.MaxValue);
        var longest = new int[open.Length];
        var work = new Stack<int>(Enumerable.Range(0, open.Length).Where(chain => open[chain] == 0));
        while (work.TryPop(out var chain))
        {
            depths[chain] = longest[chain];
            foreach (var callee in CalleesOf(chain))
            {
                longest[callee] = Math.Max(longest[callee], longest[chain] + 1);
                if (--open[callee] == 0)
                {
                    work.Push(callee);
                }
            }
        }
        return depths;
    }
}
