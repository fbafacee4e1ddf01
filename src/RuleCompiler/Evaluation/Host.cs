using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>The machine as evaluation asks it: its facts, made ready for look-ups. Safe to share between threads.</summary>
internal sealed class Host(HostFacts facts)
{
    public HostFacts Facts { get; } = facts;

    public Routing Routing { get; } = Routing.Of(facts);

    public SetMembership Sets { get; } = new(facts);

    /// <summary>The listening socket that takes a packet: one bound to the address goes before one on the wildcard.</summary>
    /// <remarks>Source: net/ipv4/inet_hashtables.c, <c>__inet_lookup_listener</c>.</remarks>
    public HostSocket? FindListener(byte protocol, IpAddress address, ushort port)
    {
        HostSocket? onWildcard = null;
        foreach (var socket in Facts.Sockets)
        {
            if (socket.Protocol != protocol || socket.Port != port || socket.Address.Family != address.Family)
            {
                continue;
            }
            if (socket.Address == address)
            {
                return socket;
            }
            if (socket.Address.Value == 0)
            {
                onWildcard ??= socket;
            }
        }
        return onWildcard;
    }
}
