using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m devgroup</c>: the group of the packet's interfaces, which no host fact tells.</summary>
/// <remarks>Source: net/netfilter/xt_devgroup.c; iptables-extensions(8), devgroup.</remarks>
internal sealed class DevgroupMatch : MatchExtension
{
    private static readonly MaskedNumberOption In = new("--src-group", uint.MaxValue) { IsNegatable = true };

    private static readonly MaskedNumberOption Out = new("--dst-group", uint.MaxValue) { IsNegatable = true };

    public override string Name => "devgroup";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [In, Out];

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: false);
}
