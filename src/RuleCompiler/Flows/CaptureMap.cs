using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Where a ruleset leads traffic to local ports: its redirects, and which chains and hooks reach them.</summary>
internal sealed class CaptureMap
{
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
    public IEnumerable<BoundRule> RulesFrom(Hook hook) =>
        _ruleset.Chains.Where(c => (_hooks[c.Symbol.Index] & hook.ToSet()) != 0).SelectMany(c => c.Rules);

    /// <summary>The ports to which a rule can lead, through the chains it calls.</summary>
    public ImmutableHashSet<ushort> PortsOf(BoundRule rule) =>
        rule.Callee is { } callee ? PortsOf(callee.Index)
        : PortOf(rule) is { } port ? [port]
        : [];

    /// <summary>Whether a chain that no hook reaches could lead to a port: a capture that lost its jump.</summary>
    public bool IsOrphaned(ushort port) => _ruleset.Chains.Any(c =>
        c.Symbol.Hook is null && _hooks[c.Symbol.Index] == HookSet.None && PortsOf(c.Symbol.Index).Contains(port));

    /// <summary>The single field values that a rule's conditions ask for, with the sign of the test.</summary>
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
            }
        }
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

    private static bool IsLoopback(IpAddress address) =>
        address.Family == Family.IPv4 ? address.Value >> 24 == 127 : address.Value == 1;

    /// <summary>A rule that leads to a local port.</summary>
    internal sealed record Redirect(int Chain, BoundRule Rule, ushort Port);
}
