using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m iprange</c>: source or destination in a range of addresses, both ends included.</summary>
/// <remarks>Source: net/netfilter/xt_iprange.c; iptables-extensions(8), iprange.</remarks>
internal sealed class IprangeMatch : MatchExtension
{
    private static readonly AddressRangeOption Source = new("--src-range") { IsNegatable = true };

    private static readonly AddressRangeOption Destination = new("--dst-range") { IsNegatable = true };

    public override string Name => "iprange";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [Source, Destination];

    public override Condition Lower(BoundMatch match) => Condition.AllOf(
        match.Test(Source, PacketField.Source),
        match.Test(Destination, PacketField.Destination));
}
