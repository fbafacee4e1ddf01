using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Takes from a dump what it tells of its mesh: ports, owners, mark and source; the rest stays the profile's.</summary>
internal sealed class ProfileInference(BoundRuleset ruleset, CaptureMap captures, MeshProfile profile)
{
    private const ushort NamePort = 53;

    /// <summary>Whether the rules lead traffic to local ports and are a mesh's by name, or spare someone's own traffic.</summary>
    public bool IsSidecar => !captures.Redirects.IsEmpty
        && (HasProfileChains || SparedMark() is not null
            || OwnersOf(PacketField.Uid).Length + OwnersOf(PacketField.Gid).Length > 0);

    private bool HasProfileChains => profile.ChainPrefix is { } prefix
        && ruleset.Chains.Any(c => c.Symbol.Name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The profile with what the dump tells in place of its defaults.</summary>
    public MeshProfile Infer()
    {
        var (inbound, outbound) = ListenersOf();
        return profile with
        {
            InboundPort = inbound,
            OutboundPort = outbound,
            DnsPort = captures.Redirects.FirstOrDefault(r => IsForNames(r.Rule))?.Port
                ?? (profile.CapturesNames ? profile.DnsPort : null),
            ProxyUids = OwnersOf(PacketField.Uid) is { Length: > 0 } uids ? uids : profile.ProxyUids,
            ProxyGids = OwnersOf(PacketField.Gid) is { Length: > 0 } gids ? gids : profile.ProxyGids,
            ProxyMark = SparedMark() ?? profile.ProxyMark,
            PassthroughSources = SparedSource() is { } source
                ? [source, .. profile.PassthroughSources.Where(s => s.Family != ruleset.Family)]
                : profile.PassthroughSources,
        };
    }

    /// <summary>
    /// The listener that OUTPUT leads to without asking for an owner is the outbound one; what is led there because
    /// the proxy sends it, and what arrives, goes to the inbound one. A redirect that lost its caller counts last.
    /// </summary>
    private (ushort Inbound, ushort Outbound) ListenersOf()
    {
        var streams = captures.Redirects.Where(r => !IsForNames(r.Rule) && CanBe(r.Rule, IpProtocol.Tcp)).ToArray();
        var ports = streams.Select(r => r.Port).ToHashSet();
        var calls = captures.CallsFrom(Hook.Output).Where(c => ports.Contains(c.Port)).ToArray();
        ushort[] leaving = [.. calls.Where(c => !IsOfOwner(c.Rule)).Select(c => c.Port).Distinct()];
        ushort[] ownLeaving = [.. calls.Where(c => IsOfOwner(c.Rule)).Select(c => c.Port).Except(leaving)];
        // A listener for one port, such as the mesh's tunnel, is not the one for all that arrives.
        var arriving = PortsAt(streams.OrderBy(r => AsksForPort(r.Rule) ? 1 : 0), Hook.Prerouting);
        ushort[] unreached = [.. streams.Where(r => captures.HooksOf(r.Chain) == HookSet.None).Select(r => r.Port)];

        var outbound = leaving.Except(arriving).Concat(leaving).Concat(unreached.Except(arriving).Except(ownLeaving))
            .FirstOrDefault(profile.OutboundPort);
        var inbound = arriving.Concat(ownLeaving).Concat(unreached).Where(p => p != outbound)
            .FirstOrDefault(profile.InboundPort);
        return (inbound, outbound);
    }

    private static bool IsOfOwner(BoundRule rule) =>
        CaptureMap.TestsOf(rule).Any(t => !t.IsNegated && t.Field is PacketField.Uid or PacketField.Gid or PacketField.Groups);

    private static bool AsksForPort(BoundRule rule) =>
        CaptureMap.TestsOf(rule).Any(t => t.Field == PacketField.DestinationPort && !t.IsNegated);

    private ushort[] PortsAt(IEnumerable<CaptureMap.Redirect> redirects, Hook hook) =>
        [.. redirects.Where(r => captures.IsReached(r.Chain, hook)).Select(r => r.Port).Distinct()];

    private static bool CanBe(BoundRule rule, byte protocol) =>
        CaptureMap.TestsOf(rule).All(t => t.Field != PacketField.Protocol || t.IsNegated || t.Value == protocol);

    /// <summary>Whether a redirect is for name queries: for port 53, or for UDP alone.</summary>
    private static bool IsForNames(BoundRule rule) => CaptureMap.TestsOf(rule).Any(t => !t.IsNegated
        && ((t.Field == PacketField.DestinationPort && t.Value == NamePort)
            || (t.Field == PacketField.Protocol && t.Value == IpProtocol.Udp)));

    /// <summary>
    /// The proxy's ids among those that rules of OUTPUT ask for. Its id is asked for in both senses, or led to a
    /// listener; one of an application that is only excluded, or only included, in one sense.
    /// </summary>
    private ImmutableArray<uint> OwnersOf(PacketField field)
    {
        var tests = captures.RulesFrom(Hook.Output, TableKind.Nat, TableKind.Mangle)
            .SelectMany(r => CaptureMap.TestsOf(r).Where(t => t.Field == field).Select(t => (Rule: r, Id: (uint)t.Value, t.IsNegated)))
            .ToArray();
        var negated = tests.Where(t => t.IsNegated).Select(t => t.Id).ToHashSet();
        var plain = tests.Where(t => !t.IsNegated).ToArray();
        ImmutableArray<uint> proxies =
            [.. plain.Where(t => negated.Contains(t.Id) || captures.PortsOf(t.Rule).Count > 0).Select(t => t.Id).Distinct()];
        return !proxies.IsEmpty ? proxies
            : [.. plain.Select(t => t.Id).Concat(tests.Where(t => captures.PortsOf(t.Rule).Count > 0).Select(t => t.Id)).Take(1)];
    }

    /// <summary>The mark whose bearers a capture of OUTPUT leaves alone.</summary>
    private uint? SparedMark()
    {
        foreach (var rule in captures.RulesFrom(Hook.Output, TableKind.Nat).Where(r => captures.PortsOf(r).Count > 0))
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

    /// <summary>The source in 127.0.0.0/8 (IPv6: any) that a rule lets pass over <c>lo</c>.</summary>
    private IpAddress? SparedSource()
    {
        foreach (var rule in captures.RulesFrom(Hook.Output).Concat(captures.RulesFrom(Hook.Prerouting)).Where(Returns))
        {
            var tests = CaptureMap.TestsOf(rule).Where(t => !t.IsNegated).ToArray();
            var isOverLo = tests.Any(t =>
                t.Field is PacketField.OutInterface or PacketField.InInterface && t.Value == InterfaceName.Pack("lo"));
            foreach (var test in tests.Where(t => isOverLo && t.Field == PacketField.Source))
            {
                return new IpAddress(ruleset.Family, test.Value);
            }
        }
        return null;
    }

    private static bool Returns(BoundRule rule) => rule.Target is { } target
        && target.Extension.Lower(target).Kind is ActionKind.Return or ActionKind.Accept;
}
