using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m mac</c>: source address of the arriving Ethernet frame.</summary>
/// <remarks>Source: net/netfilter/xt_mac.c, <c>mac_mt</c>: without such a frame it fails, negated or not.</remarks>
internal sealed class MacMatch : MatchExtension
{
    private static readonly MacOption Source = new("--mac-source") { IsNegatable = true };

    public override string Name => "mac";

    public override ImmutableArray<OptionSpec> Options { get; } = [Source];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override HookSet HooksFor(BoundExtension use) => HookSet.Prerouting | HookSet.Input | HookSet.Forward;

    public override Condition Lower(BoundMatch match) => match.Test(Source, PacketField.MacSource);
}
