using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>A packet's way through the hooks, with conntrack and routing between them.</summary>
/// <remarks>
/// Sources: net/ipv4/ip_input.c, ip_forward.c, ip_output.c for the hooks and routing; net/netfilter/nf_conntrack_core.c
/// and nf_nat_core.c for when nat chains are asked; net/ipv4/netfilter/iptable_mangle.c and nf_nat_proto.c for
/// re-routing; nf_defrag_ipv4.c for fragments.
/// </remarks>
internal sealed class Journey(CompiledRuleset rules, PacketState state, ChainWalk walk, NatTranslator translator, RoutingMark marks)
{
    private const string Loopback = "lo";
    private readonly Routing _routing = state.Host.Routing;
    private readonly bool _isForwarding = state.Host.Facts.Forwarding;

    public JourneyEnd Run(Packet packet, ITraceSink sink)
    {
        state.Start(packet);
        if (packet.IsLaterFragment && state.GathersFragments)
        {
            return JourneyEnd.Stopped(Verdict.Stolen); // held for reassembly, before raw
        }
        return packet.InInterface is { } inInterface ? Arrive(packet, inInterface, sink) : Send(packet, sink);
    }

    private JourneyEnd Arrive(Packet packet, string inInterface, ITraceSink sink)
    {
        if (packet.Family == Family.IPv6 && _routing.IsMartian(packet.Source.Address, packet.Destination.Address, inInterface))
        {
            return JourneyEnd.Lost;
        }
        if (Meet(Hook.Prerouting, inInterface, null, sink) is var before and not Verdict.Accept)
        {
            return JourneyEnd.Stopped(before);
        }
        var destination = state.Destination.Address;
        if (packet.Family == Family.IPv4 && _routing.IsMartian(state.Source.Address, destination, inInterface))
        {
            return JourneyEnd.Lost;
        }
        var type = _routing.TypeOf(destination);
        if (type.HasFlag(AddressType.Multicast) && !_routing.IsJoined(destination, inInterface))
        {
            return JourneyEnd.Lost; // nobody forwards it: that takes a multicast routing daemon
        }
        // Where a rule has changed the destination, the interface given for the old one says nothing.
        var given = destination == packet.Destination.Address ? packet.OutInterface : null;
        state.RoutedMark = marks.Choose(destination, given);
        var route = _routing.FindArriving(destination, state.RoutedMark, inInterface, given);
        var isForMany = (type & (AddressType.Broadcast | AddressType.Multicast)) != 0;
        if (route.Kind == RouteKind.Local || (isForMany && given is null))
        {
            return Deliver(inInterface, sink);
        }
        return route is { Kind: RouteKind.Remote, Interface: { } outInterface } && _isForwarding && !isForMany
            ? ForwardTo(inInterface, outInterface, sink)
            : JourneyEnd.Lost;
    }

    private JourneyEnd ForwardTo(string inInterface, string outInterface, ITraceSink sink)
    {
        // What came to many, or has a socket here, is not passed on; what has no hop left is answered with an ICMP error.
        if (state.Ttl <= 1 || state.FrameKind != FrameKind.Unicast || state.Proxy is not null)
        {
            return JourneyEnd.Lost;
        }
        state.SetTtl((byte)(state.Ttl - 1)); // before FORWARD, which sees the new value
        var verdict = Meet(Hook.Forward, inInterface, outInterface, sink);
        if (verdict == Verdict.Accept)
        {
            verdict = Meet(Hook.Postrouting, inInterface, outInterface, sink); // which still sees where it came from
        }
        return verdict == Verdict.Accept ? JourneyEnd.Away(outInterface) : JourneyEnd.Stopped(verdict);
    }

    private JourneyEnd Deliver(string inInterface, ITraceSink sink)
    {
        if (state.Packet is { IsLaterFragment: true, Family: Family.IPv4 })
        {
            return JourneyEnd.Stopped(Verdict.Stolen); // local delivery reassembles before INPUT; in IPv6 behind it
        }
        var verdict = Meet(Hook.Input, inInterface, null, sink);
        return verdict == Verdict.Accept ? JourneyEnd.Here(inInterface) : JourneyEnd.Stopped(verdict);
    }

    /// <remarks>
    /// Behind mangle it is the packet that decides whether it is routed again, behind nat what conntrack knows of it. Source:
    /// net/netfilter/nf_nat_proto.c, <c>nf_nat_ipv6_local_fn</c>.
    /// </remarks>
    private JourneyEnd Send(Packet packet, ITraceSink sink)
    {
        // The interface that OUTPUT sees is the one chosen before it, whatever re-routing does meanwhile.
        state.RoutedMark = marks.Choose(packet.Destination.Address, packet.OutInterface);
        if (_routing.Find(packet.Destination.Address, state.RoutedMark, packet.OutInterface).Interface is not { } atFirst)
        {
            return JourneyEnd.Lost;
        }
        var outInterface = atFirst;
        var routed = packet.Destination.Address;
        state.Enter(Hook.Output, null, atFirst);
        sink.Enter(Hook.Output, 1);
        foreach (var table in TraversalOrder.At(Hook.Output, rules.Flavour))
        {
            var before = (state.Destination, state.Mark, state.Tos, Ttl: HopLimit);
            var tracked = state.TrackedDestination.Address;
            if (Meet(table, sink) is var verdict and not Verdict.Accept)
            {
                return JourneyEnd.Stopped(verdict);
            }
            var isRerouted = table == TableKind.Mangle
                ? before != (state.Destination, state.Mark, state.Tos, HopLimit) && !IsQueueSpared
                : tracked != state.TrackedDestination.Address;
            if (isRerouted)
            {
                if (Reroute(routed, outInterface) is not { } next)
                {
                    return JourneyEnd.Lost;
                }
                outInterface = next;
                routed = state.Destination.Address;
            }
        }
        if (Meet(Hook.Postrouting, null, outInterface, sink) is var last and not Verdict.Accept)
        {
            return JourneyEnd.Stopped(last);
        }
        return outInterface == Loopback ? LoopBack(sink) : JourneyEnd.Away(outInterface);
    }

    /// <summary>The part of an IPv6 header that mangle compares besides; of an IPv4 one it does not.</summary>
    /// <remarks>Source: net/netfilter/nft_chain_route.c; ip6table_mangle.c, <c>ip6t_mangle_out</c>.</remarks>
    private byte? HopLimit => state.Packet.Family == Family.IPv6 ? state.Ttl : null;

    /// <summary>
    /// Whether mangle's end keeps a packet from being routed again: nf_tables does that behind an ACCEPT alone, x_tables
    /// behind all that is not a DROP.
    /// </summary>
    /// <remarks>Source: net/netfilter/nft_chain_route.c, <c>nf_route_table_hook4</c>; net/ipv4/netfilter/iptable_mangle.c, <c>ipt_mangle_out</c>.</remarks>
    private bool IsQueueSpared => walk.EndedInQueue && rules.Flavour == Flavour.Nft;

    /// <summary>The same packet, arriving by <c>lo</c>; its route is known, so none is looked up.</summary>
    private JourneyEnd LoopBack(ITraceSink sink)
    {
        state.LoopBack();
        var verdict = Meet(Hook.Prerouting, Loopback, null, sink);
        return verdict == Verdict.Accept ? Deliver(Loopback, sink) : JourneyEnd.Stopped(verdict);
    }

    /// <summary>The interface when routing is asked again, by its facts where these tell the two times apart.</summary>
    /// <param name="oldDestination">What routing was asked for before.</param>
    /// <param name="current">What it said.</param>
    private string? Reroute(IpAddress oldDestination, string current)
    {
        var old = _routing.Find(oldDestination, state.RoutedMark);
        state.RoutedMark = marks.Choose(state.Destination.Address, null);
        var next = _routing.Find(state.Destination.Address, state.RoutedMark);
        return next.Interface == old.Interface && oldDestination == state.Destination.Address ? current : next.Interface;
    }

    private Verdict Meet(Hook hook, string? inInterface, string? outInterface, ITraceSink sink)
    {
        state.Enter(hook, inInterface, outInterface);
        sink.Enter(hook, state.Pass);
        foreach (var table in TraversalOrder.At(hook, rules.Flavour))
        {
            if (Meet(table, sink) is var verdict and not Verdict.Accept)
            {
                return verdict;
            }
        }
        return Verdict.Accept;
    }

    private Verdict Meet(TableKind table, ITraceSink sink)
    {
        if (table == TableKind.Mangle && state.IsTracking && state.Hook is Hook.Prerouting or Hook.Output)
        {
            state.LookUpConnection();
        }
        if (table == TableKind.Nat && !IsNatMet(sink))
        {
            return Verdict.Accept;
        }
        return rules.FindBaseChain(table, state.Hook) is { } chain ? walk.Run(chain, sink) : Verdict.Accept;
    }

    /// <summary>Whether the nat chain at this hook is asked; if not, a translation decided before is applied.</summary>
    private bool IsNatMet(ITraceSink sink)
    {
        var connection = state.Connection;
        if (!connection.HasEntry)
        {
            return false;
        }
        var isSource = state.Hook is Hook.Input or Hook.Postrouting;
        if (state.Packet.Translation is not null)
        {
            translator.Restore(isSource, sink);
            return false;
        }
        var isDecided = isSource ? connection.IsSourceDecided : connection.IsDestinationDecided;
        if (isDecided && connection.IsTranslated(isSource))
        {
            state.RestoreTracked(isSource); // the packet is made once more what its connection says
        }
        if (isSource)
        {
            connection.IsSourceDecided = true;
        }
        else
        {
            connection.IsDestinationDecided = true;
        }
        return !isDecided && connection.IsTranslatable;
    }
}
