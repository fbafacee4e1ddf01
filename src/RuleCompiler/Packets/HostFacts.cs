using System.Collections.Immutable;

namespace RuleCompiler.Packets;

/// <summary>What evaluation must know of the machine beside its rules.</summary>
/// <remarks>
/// <c>lo</c> with 127.0.0.1/8 and ::1/128 is always among the interfaces. Addresses are in the order of
/// <c>ip addr</c>: the first IPv4 one is an interface's primary address.
/// </remarks>
public sealed record HostFacts
{
    /// <summary>Whether these facts were inferred from the dump alone.</summary>
    public bool IsInferred { get; init; }

    /// <summary>The interfaces, <c>lo</c> included.</summary>
    public ImmutableArray<HostInterface> Interfaces { get; init; } = [HostInterface.Loopback];

    /// <summary>Routes beside the connected ones, which the addresses bring.</summary>
    public ImmutableArray<HostRoute> Routes { get; init; } = [];

    /// <summary>Policy routing rules by mark, asked in this order, after the local table and before the main one.</summary>
    public ImmutableArray<HostRule> Rules { get; init; } = [];

    /// <summary>IP sets with their members.</summary>
    public ImmutableArray<HostSet> Sets { get; init; } = [];

    /// <summary>Listening sockets.</summary>
    public ImmutableArray<HostSocket> Sockets { get; init; } = [];

    /// <summary>Processes whose users and groups are known.</summary>
    public ImmutableArray<HostProcess> Processes { get; init; } = [];

    /// <summary>Whether packets for others are forwarded.</summary>
    public bool Forwarding { get; init; } = true;

    /// <summary>Whether connection tracking runs.</summary>
    public bool Conntrack { get; init; } = true;
}
