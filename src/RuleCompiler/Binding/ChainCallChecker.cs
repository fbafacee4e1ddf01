using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Extensions;
using RuleCompiler.Extensions.Matches;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Binding;

/// <summary>Checks what only shows when all chains are known: cycles, depth, and where matches and targets may stand.</summary>
/// <remarks>
/// Source: net/netfilter/x_tables.c and nf_tables_api.c, <c>nft_chain_validate</c>; only chains that a base chain
/// reaches count. One walk over the calls, callees before callers, so generated dumps of 100,000 chains are no burden.
/// </remarks>
internal sealed class ChainCallChecker
{
    private const int MaxDepth = 15; // NFT_JUMP_STACK_SIZE is 16, and the base chain takes one place

    private readonly BoundRuleset _ruleset;
    private readonly DiagnosticBag _diagnostics;
    private readonly HookSet[] _hooks;
    private readonly List<int> _callersFirst = [];

    private ChainCallChecker(BoundRuleset ruleset, DiagnosticBag diagnostics)
    {
        _ruleset = ruleset;
        _diagnostics = diagnostics;
        _hooks = HookReach.Of(ruleset);
    }

    public static void Check(BoundRuleset ruleset, DiagnosticBag diagnostics)
    {
        var checker = new ChainCallChecker(ruleset, diagnostics);
        if (checker.SortByCalls())
        {
            checker.CheckDepth();
        }
        checker.CheckPlaces();
    }

    /// <summary>Depth-first walk from the base chains; reports each call that closes a cycle.</summary>
    private bool SortByCalls()
    {
        var states = new byte[_ruleset.Chains.Length]; // 0 new, 1 on the path, 2 done
        var path = new Stack<(int Chain, int NextRule)>();
        var isAcyclic = true;
        foreach (var root in _ruleset.Chains)
        {
            if (root.Symbol.Hook is null)
            {
                continue;
            }
            path.Push((root.Symbol.Index, 0));
            states[root.Symbol.Index] = 1;
            while (path.TryPop(out var frame))
            {
                var rules = _ruleset.Chains[frame.Chain].Rules;
                var next = frame.NextRule;
                while (next < rules.Length && rules[next].Callee is null)
                {
                    next++;
                }
                if (next == rules.Length)
                {
                    states[frame.Chain] = 2;
                    _callersFirst.Add(frame.Chain);
                    continue;
                }
                path.Push((frame.Chain, next + 1));
                if (rules[next].Callee is not { Hook: null } callee)
                {
                    continue;
                }
                if (states[callee.Index] == 1)
                {
                    isAcyclic = false;
                    ReportCycle(rules[next], callee.Index, path);
                }
                else if (states[callee.Index] == 0)
                {
                    states[callee.Index] = 1;
                    path.Push((callee.Index, 0));
                }
            }
        }
        _callersFirst.Reverse();
        return isAcyclic;
    }

    private void ReportCycle(BoundRule rule, int callee, Stack<(int Chain, int NextRule)> path)
    {
        var cycle = path.Reverse().SkipWhile(f => f.Chain != callee).ToArray();
        var names = cycle.Select(f => f.Chain).Append(callee).Select(c => _ruleset.Chains[c].Symbol.Name);
        var calls = cycle.SkipLast(1).Select(f => _ruleset.Chains[f.Chain].Rules[f.NextRule - 1]);
        var diagnostic = BindingDiagnostics.JumpCycle.At(
            LocationOf(rule.JumpToken), _ruleset.Chains[callee].Symbol.Name, string.Join(" > ", names));
        _diagnostics.Report(diagnostic with
        {
            Related = [.. calls.Select(call => new RelatedLocation(LocationOf(call.JumpToken), "on the way round"))],
        });
    }

    /// <remarks>iptables-legacy took every depth that was tried.</remarks>
    private void CheckDepth()
    {
        if (_ruleset.Flavour == Flavour.Legacy)
        {
            return;
        }
        var depths = new int[_ruleset.Chains.Length];
        foreach (var index in _callersFirst)
        {
            foreach (var rule in _ruleset.Chains[index].Rules)
            {
                if (rule.Callee is not { Hook: null } callee)
                {
                    continue;
                }
                var depth = depths[index] + 1;
                if (depth == MaxDepth + 1)
                {
                    _diagnostics.Report(TableDiagnostics.TooDeep.At(
                        LocationOf(rule.JumpToken),
                        depth.ToString(CultureInfo.InvariantCulture),
                        MaxDepth.ToString(CultureInfo.InvariantCulture)));
                }
                depths[callee.Index] = Math.Max(depths[callee.Index], depth);
            }
        }
    }

    private void CheckPlaces()
    {
        foreach (var chain in _ruleset.Chains)
        {
            var hooks = _hooks[chain.Symbol.Index];
            foreach (var rule in chain.Rules)
            {
                foreach (var match in rule.Matches)
                {
                    CheckPlace(match, match.Extension, chain, hooks);
                }
                if (rule.Target is { } target)
                {
                    CheckPlace(target, target.Extension, chain, hooks);
                }
            }
        }
    }

    private void CheckPlace(BoundExtension use, Extension extension, BoundChain chain, HookSet hooks)
    {
        if (use is BoundMatch ip && ReferenceEquals(extension, ExtensionCatalog.Ip))
        {
            if (chain.Symbol.Hook is { } hook && IpMatch.IsRefusedAt(ip, hook, out var option))
            {
                _diagnostics.Report(RuleDiagnostics.InterfaceNotHere.At(
                    LocationOf(option.Token),
                    option.Spec.Name,
                    hook.Name(),
                    ReferenceEquals(option.Spec, IpMatch.InInterface) ? "incoming" : "outgoing"));
            }
            return;
        }
        var tables = extension.TablesFor(use);
        if ((tables & chain.Symbol.Table.ToSet()) == 0)
        {
            var names = NetfilterNames.Tables.Where(t => (tables & t.ToSet()) != 0).Select(t => t.Name());
            ReportPlace(use, extension, $"in table '{chain.Symbol.Table.Name()}'; only in {string.Join(", ", names)}");
        }
        else if ((hooks & ~extension.HooksFor(use)) is var refused and not HookSet.None)
        {
            var names = NamesOf(refused);
            var reached = chain.Symbol.Hook is null ? $"in a chain that {string.Join(" and ", names)} reaches" : $"in {names.First()}";
            var allowed = string.Join(", ", NamesOf(extension.HooksFor(use) & NetfilterNames.HooksOf(chain.Symbol.Table)));
            ReportPlace(use, extension, allowed.Length > 0 ? $"{reached}; only in {allowed}" : reached);
        }
    }

    private static IEnumerable<string> NamesOf(HookSet hooks) =>
        NetfilterNames.Hooks.Where(hook => (hooks & hook.ToSet()) != 0).Select(hook => hook.Name());

    private void ReportPlace(BoundExtension use, Extension extension, string where) =>
        _diagnostics.Report(BindingDiagnostics.NotAllowedHere.At(LocationOf(use.NameToken), extension.Name, where));

    private Location LocationOf(int token) => new(_ruleset.Tree.Text, _ruleset.Tree.Tokens.GetSpan(token));
}
