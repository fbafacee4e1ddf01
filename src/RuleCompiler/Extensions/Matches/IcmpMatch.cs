using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m icmp</c>: type and code of an ICMP message.</summary>
/// <remarks>Source: net/netfilter/xt_tcpudp.c, <c>icmp_match</c>; iptables-extensions(8), icmp.</remarks>
internal sealed class IcmpMatch : MatchExtension
{
    private static readonly IcmpTypeOption Type = new("--icmp-type", Netfilter.Family.IPv4) { IsNegatable = true };

    public override string Name => "icmp";

    public override Family? OnlyFamily => Netfilter.Family.IPv4;

    public override byte? ImplicitFor => IpProtocol.Icmp;

    public override ImmutableArray<byte> Protocols { get; } = [IpProtocol.Icmp];

    public override ImmutableArray<OptionSpec> Options { get; } = [Type];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => match.Test(Type, PacketField.IcmpTypeCode);
}
