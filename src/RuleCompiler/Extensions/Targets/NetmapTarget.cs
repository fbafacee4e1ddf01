using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j NETMAP</c>: moves addresses to another network and keeps their host bits.</summary>
/// <remarks>
/// Source: net/netfilter/xt_NETMAP.c: the destination in PREROUTING and OUTPUT, the source in INPUT and
/// POSTROUTING. iptables-extensions(8), NETMAP.
/// </remarks>
internal sealed class NetmapTarget : NatTarget
{
    private static readonly AddressOption To = new("--to") { IsResolved = true };

    public override string Name => "NETMAP";

    public override ImmutableArray<OptionSpec> Options { get; } = [To];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [To];

    public override RuleAction Lower(BoundTarget target)
    {
        var to = target.GetOr(To, default);
        return new RuleAction(
            ActionKind.Netmap, Name, new Effect.MapNetwork(new IpAddress(to.Family, to.Network), to.Mask));
    }
}
