using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Which rules call which chain, and from which hooks a chain is reached.</summary>
internal sealed class CallGraph
{
    private readonly RuleKey[][] _callers;
    private readonly BoundRuleset _rules;
    private readonly ImmutableArray<Hook>[] _hooks;
    private readonly int[] _depths;

    public CallGraph(BoundRuleset rules)
    {
        _rules = rules;
        // Generated dumps have chains that every other one calls.
        var counts = new int[rules.Chains.Length];
        Visit((callee, _) => counts[callee]++);
        _callers = [.. counts.Select(count => new RuleKey[count])];
        Visit((callee, caller) => _callers[callee][^counts[callee]--] = caller);
        _hooks = new ImmutableArray<Hook>[rules.Chains.Length];
        Array.Fill(_hooks, []);
        foreach (var chain in rules.Chains)
        {
            if (chain.Symbol.Hook is { } hook)
            {
                Spread(chain, hook);
            }
        }
        _depths = FindDepths();
    }

    /// <summary>The hooks from which packets can get to a chain; none for a chain that nothing calls.</summary>
    public ImmutableArray<Hook> HooksOf(int chain) => _hooks[chain];

    /// <summary>The rules that call a chain.</summary>
    public IReadOnlyList<RuleKey> CallersOf(int chain) => _callers[chain];

    /// <summary>Of all ways from a chain that nothing calls the longest, in calls; <see cref="int.MaxValue"/> where they run in a circle.</summary>
    public int DepthOf(int chain) => _depths[chain];

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
            foreach (var rule in _rules.Chains[chain].Rules)
            {
                if (rule.Callee is { } callee)
                {
                    longest[callee.Index] = Math.Max(longest[callee.Index], longest[chain] + 1);
                    if (--open[callee.Index] == 0)
                    {
                        work.Push(callee.Index);
                    }
                }
            }
        }
        return depths;
    }

    private void Visit(Action<int, RuleKey> visit)
    {
        foreach (var chain in _rules.Chains)
        {
            foreach (var rule in chain.Rules)
            {
                if (rule.Callee is { } callee)
                {
                    visit(callee.Index, new RuleKey(chain.Symbol.Index, rule.Number));
                }
            }
        }
    }

    private void Spread(BoundChain baseChain, Hook hook)
    {
        var work = new Stack<BoundChain>();
        work.Push(baseChain);
        while (work.TryPop(out var chain))
        {
            var index = chain.Symbol.Index;
            if (_hooks[index].Contains(hook))
            {
                continue;
            }
            _hooks[index] = _hooks[index].Add(hook);
            foreach (var rule in chain.Rules)
            {
                if (rule.Callee is { } callee && !_hooks[callee.Index].Contains(hook))
                {
                    work.Push(_rules.Chains[callee.Index]);
                }
            }
        }
    }
}
