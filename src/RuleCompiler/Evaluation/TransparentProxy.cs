using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>TPROXY: gives the packet to a transparent socket of this host without changing its header.</summary>
/// <remarks>
/// Source: net/netfilter/xt_TPROXY.c, <c>tproxy_tg4</c>. Without a transparent socket there the packet is dropped.
/// Where it is delivered is left to routing by the mark.
/// </remarks>
internal sealed class TransparentProxy(PacketState state, EffectApplier effects)
{
    /// <returns>False where the packet is dropped.</returns>
    public bool Apply(Effect.ProxyTo target, ITraceSink sink)
    {
        var family = state.Destination.Address.Family;
        var address = target.Address is { } given && given.Value != 0
            ? given
            : state.Host.Routing.PrimaryAddress(state.InInterface ?? "lo", family);
        if (address is not { } effective || state.Destination.Port is not { } ownPort)
        {
            return false;
        }
        var port = target.Port == 0 ? ownPort : target.Port;
        sink.Rewrite(new Rewrite("tproxy", null, new Endpoint(effective, port)));
        if (state.Host.FindListener(state.Packet.Protocol, effective, port) is not { IsTransparent: true } socket)
        {
            return false;
        }
        state.SetProxy(socket);
        effects.SetMark(EffectApplier.Combine(state.Mark, target.MarkMask, target.MarkValue), sink);
        return true;
    }
}
