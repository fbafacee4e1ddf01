using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Which rules call which chain, and from which hooks a chain is reached.</summary>
internal sealed class CallGraph
{
    private const int MaxPathLength = 64; // nf_tables takes 16; x_tables has no limit of its own

    private readonly RuleKey[][] _callers;
    private readonly BoundRuleset _rules;
    private readonly ImmutableArray<Hook>[] _hooks;

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
    }

    /// <summary>The hooks from which packets can get to a chain; none for a chain that nothing calls.</summary>
    public ImmutableArray<Hook> HooksOf(int chain) => _hooks[chain];

    /// <summary>The rules that call a chain.</summary>
    public IReadOnlyList<RuleKey> CallersOf(int chain) => _callers[chain];

    /// <summary>The ways from a hook to a chain: the calling rules, the base chain's first. The nearest callers come first.</summary>
    /// <remarks>In place of ways through more chains than anybody nests comes one default value.</remarks>
    public IEnumerable<ImmutableArray<RuleKey>> PathsTo(int chain, Hook hook)
    {
        if (_rules.Chains[chain].Symbol.Hook is { } own)
        {
            return own == hook ? [[]] : [];
        }
        return PathsTo(chain, hook, []);
    }

    private IEnumerable<ImmutableArray<RuleKey>> PathsTo(int chain, Hook hook, ImmutableArray<RuleKey> behind)
    {
        if (behind.Length == MaxPathLength)
        {
            yield return default;
            yield break;
        }
        foreach (var caller in CallersOf(chain))
        {
            if (!_hooks[caller.Chain].Contains(hook) || behind.Any(key => key.Chain == caller.Chain))
            {
                continue;
            }
            var path = behind.Insert(0, caller);
            if (_rules.Chains[caller.Chain].Symbol.Hook is not null)
            {
                yield return path;
                continue;
            }
            foreach (var longer in PathsTo(caller.Chain, hook, path))
            {
                yield return longer;
            }
        }
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
