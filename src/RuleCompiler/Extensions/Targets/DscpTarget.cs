using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j DSCP</c>: sets the upper six bits of the type-of-service byte, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_DSCP.c, <c>dscp_tg</c>; iptables-extensions(8), DSCP; RFC 2474.</remarks>
internal sealed class DscpTarget : TargetExtension
{
    private const byte DscpBits = 0xfc;

    private static readonly DscpOption Number = new("--set-dscp");
    private static readonly DscpClassOption Class = new("--set-dscp-class", Number);

    public override string Name => "DSCP";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [Number, Class];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Number, Class]];

    public override TableSet TablesFor(BoundExtension use) => TableSet.Mangle;

    public override RuleAction Lower(BoundTarget target)
    {
        var codePoint = target.TryGet(Number, out var number) ? number : target.GetOr(Class, default);
        return new RuleAction(ActionKind.Continue, Name, new Effect.SetTos((byte)(codePoint.Number << 2), DscpBits));
    }
}
