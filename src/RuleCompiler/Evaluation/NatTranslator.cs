using System.Diagnostics;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>What the nat table's targets make of a packet's addresses and ports.</summary>
/// <remarks>
/// Source: net/netfilter/nf_nat_core.c, <c>get_unique_tuple</c>; nf_nat_redirect.c; nf_nat_masquerade.c;
/// xt_NETMAP.c. A rule translates the connection, as conntrack knows it; where that makes no difference to the connection,
/// the packet stays as it is. That a tuple is taken by another connection is not among the facts: it is free.
/// </remarks>
internal sealed class NatTranslator(PacketState state)
{
    private const string Loopback = "lo";

    /// <summary>Translates the packet by one rule.</summary>
    /// <returns>False where the target cannot do its work and drops the packet: an interface without an address.</returns>
    public bool Apply(ActionKind kind, Effect? effect, ITraceSink sink)
    {
        switch (kind, effect)
        {
            case (ActionKind.Redirect, Effect.Translate redirect):
                if (RedirectAddress() is not { } here)
                {
                    return false;
                }
                ChangeDestination("redirect", here, redirect, sink);
                return true;
            case (ActionKind.Masquerade, Effect.Translate masquerade):
                if (Masquerading() is not { } own)
                {
                    return false;
                }
                ChangeSource("masquerade", own, masquerade, sink);
                return true;
            case (ActionKind.Dnat, Effect.Translate dnat):
                ChangeDestination("dnat", Pick(dnat, isSource: false), dnat, sink);
                return true;
            case (ActionKind.Snat, Effect.Translate snat):
                ChangeSource("snat", IsSourceInRange(snat) ? state.TrackedSource.Address : Pick(snat, isSource: true), snat, sink);
                return true;
            case (ActionKind.Netmap, Effect.MapNetwork map):
                MapNetwork(map, sink);
                return true;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Gives the packet the destination, or the source, that its connection's translation has decided before.</summary>
    public void Restore(bool isSource, ITraceSink sink)
    {
        if (state.Packet.Translation is not { } translation)
        {
            return;
        }
        if (isSource)
        {
            SetSource("snat", state.Source, translation.Source with { Port = TrackedPort(translation.Source) ?? state.Source.Port }, null, sink);
        }
        else
        {
            var port = TrackedPort(translation.Destination) ?? state.Destination.Port;
            SetDestination("dnat", state.Destination, translation.Destination with { Port = port }, null, sink);
        }
    }

    private IpAddress? RedirectAddress()
    {
        var family = state.Destination.Address.Family;
        if (state.Hook == Hook.Output)
        {
            return family == Family.IPv4 ? new IpAddress(family, 0x7F000001) : new IpAddress(family, 1);
        }
        // IPv4 takes the interface's first address; IPv6 the first of the old destination's scope.
        return state.Host.Routing.PrimaryAddress(
            state.InInterface ?? Loopback, family, family == Family.IPv4 ? null : state.Destination.Address);
    }

    private IpAddress? Masquerading() => state.Host.Routing.MasqueradeAddress(
        state.OutInterface ?? Loopback, state.Destination.Address, state.RoutedMark);

    private IpAddress Pick(Effect.Translate translate, bool isSource) =>
        translate.Low is not { } low ? (isSource ? state.TrackedSource : state.TrackedDestination).Address
        : translate.High is not { } high || high == low ? low
        : NatAddressRange.Pick(
            low,
            high,
            state.TrackedSource.Address,
            state.TrackedDestination.Address,
            isSource,
            state.Connection.Zone,
            translate.Flags.HasFlag(TranslateFlags.Persistent));

    /// <summary>A source that the range allows is kept, address and port.</summary>
    private bool IsSourceInRange(Effect.Translate snat)
    {
        var source = state.TrackedSource;
        return !IsRandom(snat)
            && (snat.Low is not { } low || (source.Address.Value >= low.Value && source.Address.Value <= (snat.High ?? low).Value))
            && (snat.Ports is not { } ports || TrackedPort(source) is not { } port || (port >= ports.Low && port <= ports.High));
    }

    private void MapNetwork(Effect.MapNetwork map, ITraceSink sink)
    {
        var isDestination = state.Hook is Hook.Prerouting or Hook.Output;
        var old = isDestination ? state.Destination : state.Source;
        var address = new IpAddress(old.Address.Family, (old.Address.Value & ~map.Mask) | (map.Network.Value & map.Mask));
        if (isDestination)
        {
            SetDestination("netmap", state.TrackedDestination, old with { Address = address }, null, sink);
        }
        else
        {
            SetSource("netmap", state.TrackedSource, old with { Address = address }, null, sink);
        }
    }

    private void ChangeDestination(string kind, IpAddress address, Effect.Translate translate, ITraceSink sink)
    {
        var port = state.Destination.Port;
        (ushort Low, ushort High)? random = null;
        if (TrackedPort(state.Destination) is { } old && translate.Ports is { } range)
        {
            if (IsRandom(translate))
            {
                random = range.Low == range.High ? null : range;
                port = range.Low;
            }
            else if (translate.BasePort is { } basePort)
            {
                port = (ushort)(range.Low + ((ushort)(old - basePort) % (range.High - range.Low + 1)));
            }
            else if (old < range.Low || old > range.High)
            {
                port = range.Low;
            }
        }
        SetDestination(kind, state.TrackedDestination, new Endpoint(address, port), random, sink);
    }

    private void ChangeSource(string kind, IpAddress address, Effect.Translate translate, ITraceSink sink)
    {
        var port = state.Source.Port;
        (ushort Low, ushort High)? random = null;
        if (TrackedPort(state.Source) is { } old)
        {
            if (translate.Ports is { } range)
            {
                if (IsRandom(translate) || old < range.Low || old > range.High)
                {
                    random = range.Low == range.High ? null : range;
                    port = range.Low;
                }
            }
            else if (IsRandom(translate))
            {
                random = ClassOf(old);
                port = random.Value.Low;
            }
        }
        SetSource(kind, state.TrackedSource, new Endpoint(address, port), random, sink);
    }

    private void SetDestination(string kind, Endpoint old, Endpoint destination, (ushort Low, ushort High)? random, ITraceSink sink)
    {
        if (destination != old || random is not null)
        {
            var isChange = destination != state.Destination || random is not null; // DNPT may have made it so before
            state.SetDestination(destination, Knowledge(random));
            if (isChange)
            {
                sink.Rewrite(new Rewrite(kind, null, destination) { LastPort = random?.High });
            }
        }
    }

    private void SetSource(string kind, Endpoint old, Endpoint source, (ushort Low, ushort High)? random, ITraceSink sink)
    {
        if (source != old || random is not null)
        {
            var isChange = source != state.Source || random is not null;
            state.SetSource(source, Knowledge(random));
            if (isChange)
            {
                sink.Rewrite(new Rewrite(kind, source, null) { LastPort = random?.High });
            }
        }
    }

    /// <summary>The port as far as NAT may change it.</summary>
    private ushort? TrackedPort(Endpoint end) => IpProtocol.HasTrackedPorts(state.Packet.Protocol) ? end.Port : null;

    /// <summary>The ports among which a source port is replaced: privileged ones stay so.</summary>
    private static (ushort Low, ushort High) ClassOf(ushort port) =>
        port < 512 ? ((ushort)1, (ushort)511)
        : port < 1024 ? ((ushort)600, (ushort)1023)
        : ((ushort)1024, ushort.MaxValue);

    private static bool IsRandom(Effect.Translate translate) =>
        (translate.Flags & (TranslateFlags.Random | TranslateFlags.RandomFully)) != 0;

    private static FieldKnowledge? Knowledge((ushort Low, ushort High)? range) =>
        range is { } ports ? FieldKnowledge.Range(ports.Low, ports.High, ushort.MaxValue) : null;
}
