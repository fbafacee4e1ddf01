using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>Addresses and ports that a packet is translated to.</summary>
/// <param name="Low">First address; null keeps the packet's.</param>
/// <param name="High">Last address; the tools take it below the first one too.</param>
/// <param name="Ports">Ports; null keeps the packet's.</param>
internal readonly record struct NatRange(IpAddress? Low, IpAddress? High, NatPorts? Ports)
{
    /// <summary>The translation that the kernel is told to make.</summary>
    public Effect.Translate ToEffect(TranslateFlags flags) =>
        new(Low, High, Ports is { } ports ? (ports.Low, ports.High) : null, Ports?.Base, flags);

    /// <summary>As iptables-save prints it; IPv6 addresses stand in brackets where ports follow.</summary>
    public override string ToString()
    {
        var addresses = Low == High ? $"{Low}" : $"{Low}-{High}";
        return Ports is null ? addresses
            : Low is { Family: Family.IPv6 } ? $"[{addresses}]:{Ports}"
            : $"{addresses}:{Ports}";
    }
}
