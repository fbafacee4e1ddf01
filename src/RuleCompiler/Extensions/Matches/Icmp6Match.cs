using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m icmp6</c>: type and code of an ICMPv6 message.</summary>
/// <remarks>Source: net/netfilter/xt_tcpudp.c, <c>icmp6_match</c>; iptables-extensions(8), icmp6.</remarks>
internal sealed class Icmp6Match : MatchExtension
{
    private static readonly IcmpTypeOption Type = new("--icmpv6-type", Netfilter.Family.IPv6) { IsNegatable = true };

    public override string Name => "icmp6";

    public override ImmutableArray<string> Aliases { get; } = ["icmpv6", "ipv6-icmp"];

    public override Family? OnlyFamily => Netfilter.Family.IPv6;

    public override byte? ImplicitFor => IpProtocol.IcmpV6;

    public override ImmutableArray<byte> Protocols { get; } = [IpProtocol.IcmpV6];

    public override ImmutableArray<OptionSpec> Options { get; } = [Type];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => match.Test(Type, PacketField.IcmpTypeCode);
}
