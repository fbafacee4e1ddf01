using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m eui64</c>: the IPv6 source address was made from the frame's source address (RFC 4291, appendix A).</summary>
/// <remarks>Source: net/ipv6/netfilter/ip6t_eui64.c. A relation of two fields: of sets of packets it is an unknown.</remarks>
internal sealed class Eui64Match : MatchExtension
{
    public override string Name => "eui64";

    public override Family? OnlyFamily => Family.IPv6;

    public override ImmutableArray<OptionSpec> Options => [];

    public override HookSet HooksFor(BoundExtension use) => HookSet.Prerouting | HookSet.Input | HookSet.Forward;

    public override Condition Lower(BoundMatch match) =>
        Condition.Unknown(Name, $"{Name} {match.OptionText}", isStateful: false, PacketField.SourceIsOfFrame);
}
