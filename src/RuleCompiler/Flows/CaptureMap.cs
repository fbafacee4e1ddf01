using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Where a ruleset leads traffic to local ports: its redirects, and which chains and hooks reach them.</summary>
internal sealed class CaptureMap
{
    private const int MostListed = 15; // what -m multiport takes

    private readonly BoundRuleset _ruleset;
    private readonly HookSet[] _hooks;
    private readonly ImmutableHashSet<ushort>?[] _ports;

    public CaptureMap(BoundRuleset ruleset)
    {
        _ruleset = ruleset;
        _hooks = HookReach.Of(ruleset);
        _ports = new ImmutableHashSet<ushort>?[ruleset.Chains.Length];
        Redirects = [.. ruleset.Chains.SelectMany(c => c.Rules.Select(r => (Chain: c.Symbol.Index, Rule: r)))
            .Select(r => (r.Chain, r.Rule, Port: PortOf(r.Rule)))
            .Where(r => r.Port is not null)
            .Select(r => new Redirect(r.Chain, r.Rule, r.Port ?? 0))];
    }

    /// <summary>Rules that lead to one local port, in order.</summary>
    public ImmutableArray<Redirect> Redirects { get; }

    public HookSet HooksOf(int chain) => _hooks[chain];

    /// <summary>Rules in chains that a hook reaches, in order.</summary>
    /// <param name="hook">The hook.</param>
    /// <param name="tables">Of these tables only; of all where none is given.</param>
    public IEnumerable<BoundRule> RulesFrom(Hook hook, params TableKind[] tables) => _ruleset.Chains
        .Where(c => IsReached(c.Symbol.Index, hook) && (tables.Length == 0 || tables.Contains(c.Symbol.Table)))
        .SelectMany(c => c.Rules);

    /// <summary>The rules reached from a hook that choose a local port: by a jump to a chain that only redirects, or themselves.</summary>
    public IEnumerable<(BoundRule Rule, ushort Port)> CallsFrom(Hook hook) =>
        from chain in _ruleset.Chains
        where IsReached(chain.Symbol.Index, hook) && (chain.Symbol.Hook is not null || !OnlyRedirects(chain))
        from rule in chain.Rules
        where rule.Callee is null || OnlyRedirects(_ruleset.Chains[rule.Callee.Index])
        from port in PortsOf(rule)
        select (rule, port);

    /// <summary>The ports to which a rule can lead, through the chains it calls.</summary>
    public ImmutableHashSet<ushort> PortsOf(BoundRule rule) =>
        rule.Callee is { } callee ? PortsOf(callee.Index)
        : PortOf(rule) is { } port ? [port]
        : [];

    public bool IsReached(int chain, Hook hook) => (_hooks[chain] & hook.ToSet()) != 0;

    /// <summary>A chain that leads to a port but that no hook reaches, the outermost: a capture that lost its jump.</summary>
    public string? FindUnreached(ushort port)
    {
        var lost = _ruleset.Chains.Where(c => c.Symbol.Hook is null && _hooks[c.Symbol.Index] == HookSet.None
            && PortsOf(c.Symbol.Index).Contains(port)).ToArray();
        var called = lost.SelectMany(c => c.Rules).Select(r => r.Callee).ToHashSet();
        return (lost.FirstOrDefault(c => !called.Contains(c.Symbol)) ?? lost.FirstOrDefault())?.Symbol.Name;
    }

    /// <summary>Whether a chain does nothing but lead to local ports, and perhaps log that.</summary>
    public static bool OnlyRedirects(BoundChain chain) => chain.Rules.Any(r => PortOf(r) is not null)
        && chain.Rules.All(r => r.Callee is null && (PortOf(r) is not null || GoesOn(r)));

    /// <summary>
    /// The field values that a rule's conditions ask for, with the sign of the test; of a range the first, of a network
    /// its address.
    /// </summary>
    public static IEnumerable<(PacketField Field, UInt128 Value, bool IsNegated)> TestsOf(BoundRule rule)
    {
        foreach (var match in rule.Matches)
        {
            var condition = match.Extension.Lower(match);
            var parts = condition is Condition.AllOfCondition all ? all.Parts : [condition];
            foreach (var field in parts.OfType<Condition.FieldCondition>())
            {
                if (SingleValue(field.Set) is { } value)
                {
                    yield return (field.TestedField, value, false);
                }
                else if (SingleValue(field.Set.Complement(PacketFieldInfo.Max(field.TestedField))) is { } excluded)
                {
                    yield return (field.TestedField, excluded, true);
                }
                else if (!field.Set.IsMasked && field.Set.Ranges.Length <= MostListed && !IsMost(field))
                {
                    foreach (var range in field.Set.Ranges)
                    {
                        yield return (field.TestedField, range.Low, false);
                    }
                }
            }
        }
    }

    /// <summary>127.0.0.0/8, or ::1.</summary>
    public static bool IsLoopback(IpAddress address) =>
        address.Family == Family.IPv4 ? address.Value >> 24 == 127 : address.Value == 1;

    /// <summary>Whether a set is what a negated list leaves.</summary>
    private static bool IsMost(Condition.FieldCondition field)
    {
        var max = PacketFieldInfo.Max(field.TestedField);
        return field.Set.Ranges.Any(r => r.High - r.Low > max / 2);
    }

    private static UInt128? SingleValue(FieldSet set) =>
        set.IsMasked ? (set.IsNegated ? null : set.Bits)
        : set.Ranges is [var range] && (range.Low == range.High || IsPrefix(range)) ? range.Low
        : null;

    /// <summary>A whole network counts as one value: its first address.</summary>
    private static bool IsPrefix(Interval range)
    {
        var size = range.High - range.Low + 1;
        return (size & (size - 1)) == 0 && (range.Low & (size - 1)) == 0 && range.Low != 0;
    }

    private ImmutableHashSet<ushort> PortsOf(int chain)
    {
        if (_ports[chain] is { } known)
        {
            return known;
        }
        _ports[chain] = []; // what a cycle of unreachable chains sees
        return _ports[chain] = [.. _ruleset.Chains[chain].Rules.SelectMany(PortsOf)];
    }

    private static bool GoesOn(BoundRule rule) =>
        rule.Target is null || rule.Target.Extension.Lower(rule.Target).Kind == ActionKind.Continue;

    private static ushort? PortOf(BoundRule rule)
    {
        if (rule.Target is not { } target)
        {
            return null;
        }
        return target.Extension.Lower(target) switch
        {
            { Kind: ActionKind.Redirect, Effect: Effect.Translate { Ports: { } ports } } when ports.Low == ports.High => ports.Low,
            { Kind: ActionKind.Dnat, Effect: Effect.Translate { Low: { } to, Ports: { } ports } }
                when ports.Low == ports.High && IsLoopback(to) => ports.Low,
            { Kind: ActionKind.Tproxy, Effect: Effect.ProxyTo { Port: > 0 } proxy } => proxy.Port,
            _ => null,
        };
    }

    /// <summary>A rule that leads to a local port.</summary>
    internal sealed record Redirect(int Chain, BoundRule Rule, ushort Port);
}
