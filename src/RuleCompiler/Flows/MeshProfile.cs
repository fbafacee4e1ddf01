using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>All that is particular to one mesh: data, read from JSON, never code.</summary>
public sealed record MeshProfile
{
    /// <summary>Its name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>The proxy's name.</summary>
    public required string Proxy { get; init; }

    /// <summary>The name of the agent beside the proxy, which serves name queries.</summary>
    public required string Agent { get; init; }

    /// <summary>How the names of its chains begin; null where it has none of its own.</summary>
    public string? ChainPrefix { get; init; }

    /// <summary>Users that the proxy runs as.</summary>
    public required ImmutableArray<uint> ProxyUids { get; init; }

    /// <summary>Groups that the proxy runs as.</summary>
    public required ImmutableArray<uint> ProxyGids { get; init; }

    /// <summary>Mark that the proxy sets on its own connections; null where it sets none.</summary>
    public uint? ProxyMark { get; init; }

    /// <summary>Port of the listener for connections into the pod.</summary>
    public required ushort InboundPort { get; init; }

    /// <summary>Port of the listener for connections out of it.</summary>
    public required ushort OutboundPort { get; init; }

    /// <summary>Port of the listener for name queries; null without one.</summary>
    public ushort? DnsPort { get; init; }

    /// <summary>The proxy's administration port.</summary>
    public required ushort AdminPort { get; init; }

    /// <summary>The control plane's name.</summary>
    public required string ControlPlane { get; init; }

    /// <summary>The control plane's port.</summary>
    public required ushort ControlPlanePort { get; init; }

    /// <summary>Ports that the proxy or its agent serves itself, the one to try first in front.</summary>
    public ImmutableArray<ushort> ServedPorts { get; init; } = [];

    /// <summary>Ports of <see cref="ServedPorts"/> that the proxy must get untouched: a capture breaks what is behind them.</summary>
    public ImmutableArray<ushort> SelfPorts { get; init; } = [];

    /// <summary>The port of the mesh's own tunnel; null without one.</summary>
    public ushort? TunnelPort { get; init; }

    /// <summary>Whether what the proxy opens to its own pod is meant to pass the inbound listener.</summary>
    public bool CapturesSelfCalls { get; init; }

    /// <summary>Ports at which it is not: those of names and of the mesh's own tunnel.</summary>
    public ImmutableArray<ushort> SelfCallExceptions { get; init; } = [];

    /// <summary>Whether names are meant to be captured, so that a dump that captures none is told so.</summary>
    public bool CapturesNames { get; init; }

    /// <summary>Whether names asked for over TCP are meant to be captured where those over UDP are.</summary>
    public bool CapturesTcpNames { get; init; } = true;

    /// <summary>Sources of the node's health probes, which must reach the application itself; by family.</summary>
    public ImmutableArray<IpAddress> ProbeSources { get; init; } = [];

    /// <summary>Source from which the proxy calls the application, by family; the application sees it.</summary>
    public ImmutableArray<IpAddress> PassthroughSources { get; init; } = [];

    /// <summary>Whether the proxy calls the application at the loopback address; else at the pod's own.</summary>
    public bool CallsLoopback { get; init; }

    /// <summary>The article's rules.</summary>
    public ImmutableArray<ArticleRule> ArticleRules { get; init; } = [];

    /// <summary>The flows, the article's six first.</summary>
    public required ImmutableArray<FlowDefinition> Flows { get; init; }

    /// <summary>The source from which the proxy calls the application; null where it uses the pod's address.</summary>
    public IpAddress? PassthroughSource(Family family) => FirstOf(PassthroughSources, family);

    /// <summary>The source of the node's health probes; null where they come from no address of their own.</summary>
    public IpAddress? ProbeSource(Family family) => FirstOf(ProbeSources, family);

    /// <summary>A listener's name: <c>Envoy 15006</c>.</summary>
    public string ListenerName(CapturePoint point)
    {
        var (owner, port) = point switch
        {
            CapturePoint.Inbound => (Proxy, InboundPort),
            CapturePoint.Outbound => (Proxy, OutboundPort),
            CapturePoint.Dns => (Agent, DnsPort ?? 0),
            _ => throw new UnreachableException(),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{owner} {port}");
    }

    private static IpAddress? FirstOf(ImmutableArray<IpAddress> addresses, Family family)
    {
        foreach (var address in addresses)
        {
            if (address.Family == family)
            {
                return address;
            }
        }
        return null;
    }
}
