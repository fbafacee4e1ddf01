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
            // A connection that passes: what is told about it is RELATED.
            var segment = HostPackets.Answer(HostPackets.Opening(IpProtocol.Tcp, destination, host.Remote, 443), [], device) with
            {
                TcpFlags = TcpFlags.Ack,
                OutInterface = onward,
            };
            var message = TooBig(context.Family, device, router, destination) with { OutInterface = onward };
            if (packets.Probe.Always(segment, HostPackets.IsDelivered) is { } passed
                && packets.Probe.Always(message, HostPackets.IsStopped) is { } stopped
                && packets.Report(PathMtuDropped, stopped) is { } finding
                && !found.Exists(other => other.Location.Span == finding.Location.Span))
            {
                found.Add(finding with { Because = [.. packets.Cause(passed, "accepts the connection")] });
            }
        }
    }

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
