using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m devgroup</c>: the group of the packet's interfaces, which no host fact tells.</summary>
/// <remarks>Source: net/netfilter/xt_devgroup.c; iptables-extensions(8), devgroup.</remarks>
internal sealed class DevgroupMatch : MatchExtension
{
    private static readonly MaskedNumberOption In = Group("--src-group");

    private static readonly MaskedNumberOption Out = Group("--dst-group");

    public override string Name => "devgroup";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [In, Out];

    /// <summary>Where the packet has the interface that is asked for.</summary>
    public override HookSet HooksFor(BoundExtension use) =>
        (use.Has(In) ? HookSet.Prerouting | HookSet.Input | HookSet.Forward : HookSet.All)
        & (use.Has(Out) ? HookSet.Forward | HookSet.Output | HookSet.Postrouting : HookSet.All);

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: false);

    private static MaskedNumberOption Group(string name) => new(name, uint.MaxValue) { IsNegatable = true, NameOfZero = "default" };
}
