using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Takes from a dump what it tells of its mesh: ports, owners, mark and source; the rest stays the profile's.</summary>
internal sealed class ProfileInference(BoundRuleset ruleset, CaptureMap captures, MeshProfile profile)
{
    /// <summary>
    /// Whether the rules are a sidecar's: chains of the profile, or traffic of this host redirected while an owner is spared.
    /// </summary>
    public bool IsSidecar =>
        HasProfileChains
        || (captures.Redirects.Any(r => (captures.HooksOf(r.Chain) & HookSet.Output) != 0) && OwnersOf(PacketField.Uid).Length
            + OwnersOf(PacketField.Gid).Length > 0);

    private bool HasProfileChains => profile.ChainPrefix is { } prefix
        && ruleset.Chains.Any(c => c.Symbol.Name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The profile with what the dump tells in place of its defaults.</summary>
    public MeshProfile Infer()
    {
        var streams = captures.Redirects.Where(r => !IsForNames(r.Rule) && CanBe(r.Rule, IpProtocol.Tcp)).ToArray();
        var arriving = PortsAt(streams, HookSet.Prerouting);
        var leaving = PortsAt(streams, HookSet.Output);
        var unreached = streams.Where(r => captures.HooksOf(r.Chain) == HookSet.None).Select(r => r.Port).ToArray();
        var outbound = leaving.Except(arriving).Concat(unreached.Except(arriving)).Concat(leaving)
            .FirstOrDefault(profile.OutboundPort);
        var inbound = arriving.Where(p => p != outbound)
            .Concat(leaving.Concat(unreached).Where(p => p != outbound))
            .FirstOrDefault(profile.InboundPort);
        return profile with
        {
            InboundPort = inbound,
            OutboundPort = outbound,
            DnsPort = captures.Redirects.FirstOrDefault(r => IsForNames(r.Rule))?.Port,
            ProxyUids = OwnersOf(PacketField.Uid) is { Length: > 0 } uids ? uids : profile.ProxyUids,
            ProxyGids = OwnersOf(PacketField.Gid) is { Length: > 0 } gids ? gids : profile.ProxyGids,
            ProxyMark = SparedMark() ?? profile.ProxyMark,
            PassthroughSources = SparedSource() is { } source ? [source] : profile.PassthroughSources,
        };
    }

    private IEnumerable<ushort> PortsAt(IEnumerable<CaptureMap.Redirect> redirects, HookSet hook) =>
        redirects.Where(r => (captures.HooksOf(r.Chain) & hook) != 0).Select(r => r.Port).Distinct();

    private static bool CanBe(BoundRule rule, byte protocol) =>
        CaptureMap.TestsOf(rule).All(t => t.Field != PacketField.Protocol || t.IsNegated || t.Value == protocol);

    /// <summary>Whether a redirect is for name queries: for port 53, or for UDP alone.</summary>
    private static bool IsForNames(BoundRule rule) => CaptureMap.TestsOf(rule).Any(t =>
        (t.Field == PacketField.DestinationPort && t.Value == 53 && !t.IsNegated)
        || (t.Field == PacketField.Protocol && t.Value == IpProtocol.Udp && !t.IsNegated));

    /// <summary>
    /// The ids that rules of OUTPUT ask for: those that are also asked for negated or whose traffic is captured come
    /// first, since rules that merely exclude a user have neither.
    /// </summary>
    private ImmutableArray<uint> OwnersOf(PacketField field)
    {
        var tests = captures.RulesFrom(Hook.Output)
            .SelectMany(r => CaptureMap.TestsOf(r).Where(t => t.Field == field).Select(t => (Rule: r, t.Value, t.IsNegated)))
            .ToArray();
        var strong = tests.Where(t => t.IsNegated || captures.PortsOf(t.Rule).Count > 0).Select(t => (uint)t.Value);
        var weak = tests.Select(t => (uint)t.Value).Take(1);
        return [.. strong.Concat(weak).Distinct()];
    }

    /// <summary>The mark whose bearers a capture of OUTPUT leaves alone.</summary>
    private uint? SparedMark()
    {
        foreach (var rule in captures.RulesFrom(Hook.Output).Where(r => captures.PortsOf(r).Count > 0))
        {
            foreach (var test in CaptureMap.TestsOf(rule))
            {
                if (test.Field == PacketField.Mark && test.IsNegated)
                {
                    return (uint)test.Value;
                }
            }
        }
        return null;
    }

    /// <summary>The loopback source other than 127.0.0.1 that a rule of OUTPUT lets pass over <c>lo</c>.</summary>
    private IpAddress? SparedSource()
    {
        foreach (var rule in captures.RulesFrom(Hook.Output).Where(r => Returns(r)))
        {
            var tests = CaptureMap.TestsOf(rule).Where(t => !t.IsNegated).ToArray();
            var leavesByLo = tests.Any(t => t.Field == PacketField.OutInterface && t.Value == InterfaceName.Pack("lo"));
            foreach (var test in tests.Where(t => leavesByLo && t.Field == PacketField.Source))
            {
                return new IpAddress(ruleset.Family, test.Value);
            }
        }
        return null;
    }

    private static bool Returns(BoundRule rule) => rule.Target is { } target
        && target.Extension.Lower(target).Kind is ActionKind.Return or ActionKind.Accept;
}
