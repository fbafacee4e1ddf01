using RuleCompiler.Netfilter;

namespace RuleCompiler.Packets;

/// <summary>A route.</summary>
/// <param name="Family">Family of the destination; a <c>default</c> takes it from its gateway, else it is in both.</param>
/// <param name="Destination">The network; null for <c>default</c>.</param>
/// <param name="Via">The gateway, if any.</param>
/// <param name="Interface">The interface it leaves by.</param>
/// <param name="IsLocal">Route type <c>local</c>: deliver here.</param>
/// <param name="Table">Routing table; null is the main one.</param>
public sealed record HostRoute(
    Family? Family, AddressPrefix? Destination, IpAddress? Via, string? Interface, bool IsLocal = false, uint? Table = null)
{
    /// <summary>Types such as <c>blackhole</c> and <c>unreachable</c>, by name; null for the usual ones.</summary>
    public string? RejectType { get; init; }
}
