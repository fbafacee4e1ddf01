using System.Collections.Immutable;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Packets;

/// <summary>A network interface of the host.</summary>
/// <param name="Name">At most 15 bytes.</param>
/// <param name="Addresses">Its addresses in the order of <c>ip addr</c>.</param>
/// <param name="Mac">Its own link-layer address, if told.</param>
public sealed record HostInterface(string Name, ImmutableArray<AddressPrefix> Addresses, string? Mac = null)
{
    /// <summary><c>lo</c> as every host has it.</summary>
    public static HostInterface Loopback { get; } = new(
        "lo",
        [new(new(Family.IPv4, 0x7F000001), 8), new(new(Family.IPv6, 1), 128)]);
}
