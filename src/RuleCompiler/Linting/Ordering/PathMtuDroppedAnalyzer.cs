using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Firewalls that keep the news from senders that their packets are too large.</summary>
internal sealed class PathMtuDroppedAnalyzer : LintAnalyzer
{
    public static DiagnosticDescriptor PathMtuDropped { get; } = new("IPT3020", DiagnosticSeverity.Warning)
    {
        Title = "'Packet too big' is stopped",
        Message = "The message that a packet of an accepted connection is too large for its path is stopped here",
        Explanation = """
            Senders learn from ICMP how large packets may be on a path (IPv4 type 3 code 4, IPv6 type 2; RFC 1191, RFC 8201).
            Where these messages are stopped, connections open and then hang as soon as much is sent. conntrack knows them
            as RELATED to their connection: accept that before ICMP is stopped.
            """,
        Example = """
            *filter
            :INPUT ACCEPT [0:0]
            [|-A INPUT -p icmp -j DROP|]
            -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            -A INPUT -p icmp -j DROP
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(PathMtuDropped, "path-mtu-dropped")];

    public override IEnumerable<Finding> Analyze(LintContext context)
    {
        var packets = context.Packets;
        var host = packets.Host;
        var found = new List<Finding>();
        var router = packets.Unnamed(
            host.Address("198.51.100.1", "2001:db8::1"), host.Address("203.0.113.201", "2001:db8:201::1"), host.Address("192.0.2.201", "2001:db8:202::1"));
        Look(host.Devices[0].Name, host.Devices[0].Address, null);
        for (var device = 1; device < host.Devices.Length; device++)
        {
            Look(host.Devices[0].Name, host.Beyond(device), host.Devices[device].Name);
            Look(host.Devices[device].Name, host.Remote, host.Devices[0].Name);
        }
        if (host.Devices.Length == 1)
        {
            Look(host.Devices[0].Name, host.Remote, host.Devices[0].Name == "eth1" ? "eth0" : "eth1");
        }
        return found;

        void Look(string device, IpAddress destination, string? onward)
        {
            var message = TooBig(context.Family, device, router, destination) with { OutInterface = onward };
            if (packets.Probe.Always(message, HostPackets.IsStopped) is { } stopped
                && Segments(packets, device, destination, onward).Select(segment => packets.Probe.Always(segment, HostPackets.IsDelivered))
                    .FirstOrDefault(trace => trace is not null) is { } passed
                && packets.Report(PathMtuDropped, stopped) is { } finding
                && !found.Exists(other => other.Location.Span == finding.Location.Span))
            {
                found.Add(finding with { Because = [.. packets.Cause(passed, "accepts the connection")] });
            }
        }
    }

    /// <summary>Segments of connections that may be open, to which the message is RELATED: answers of a server, and what clients send to this host.</summary>
    private static IEnumerable<Packet> Segments(HostPackets packets, string device, IpAddress destination, string? onward) =>
        (onward is null ? packets.Ports : []).Select(port => HostPackets.Opening(IpProtocol.Tcp, packets.Host.Remote, destination, port) with
        {
            InInterface = device,
            State = ConntrackState.Established,
        })
        .Prepend(HostPackets.Answer(HostPackets.Opening(IpProtocol.Tcp, destination, packets.Host.Remote, 443), [], device))
        .Select(segment => segment with { TcpFlags = TcpFlags.Ack, OutInterface = onward });

    private static Packet TooBig(Family family, string device, IpAddress router, IpAddress destination) => new()
    {
        Protocol = family == Family.IPv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6,
        IcmpType = family == Family.IPv4 ? (byte)3 : (byte)2,
        IcmpCode = family == Family.IPv4 ? (byte)4 : (byte)0,
        Source = new Endpoint(router, null),
        Destination = new Endpoint(destination, null),
        InInterface = device,
        State = ConntrackState.Related,
    };
}
