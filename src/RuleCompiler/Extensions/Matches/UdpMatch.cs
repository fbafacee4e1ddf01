using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m udp</c>: ports of a UDP packet.</summary>
/// <remarks>Source: net/netfilter/xt_tcpudp.c, <c>udp_mt</c>; iptables-extensions(8), udp.</remarks>
internal sealed class UdpMatch : MatchExtension
{
    private static readonly PortRangeOption SourcePort = new("--sport") { Aliases = ["--source-port"], IsNegatable = true };

    private static readonly PortRangeOption DestinationPort =
        new("--dport") { Aliases = ["--destination-port"], IsNegatable = true };

    public override string Name => "udp";

    public override byte? ImplicitFor => IpProtocol.Udp;

    public override ImmutableArray<byte> Protocols { get; } = [IpProtocol.Udp];

    public override ImmutableArray<OptionSpec> Options { get; } = [SourcePort, DestinationPort];

    public override Condition Lower(BoundMatch match) => Condition.AllOf(
        Condition.Field(PacketField.Protocol, FieldSet.Of(IpProtocol.Udp)),
        match.Test(SourcePort, PacketField.SourcePort),
        match.Test(DestinationPort, PacketField.DestinationPort));
}
