using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j TEE</c>: sends a copy of the packet to a neighbour; the packet itself goes on.</summary>
/// <remarks>Source: net/netfilter/xt_TEE.c; iptables-extensions(8), TEE. The copy is a packet of its own.</remarks>
internal sealed class TeeTarget : TargetExtension
{
    private static readonly HostOption Gateway = new("--gateway");
    private static readonly TruncatedTextOption OutInterface = new("--oif", InterfaceName.MaxBytes) { IsBare = true };

    public override string Name => "TEE";

    public override ImmutableArray<OptionSpec> Options { get; } = [Gateway, OutInterface];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Gateway];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Find(Gateway) is { Value: IpAddress { Value: var address } } gateway && address == UInt128.Zero)
        {
            checker.Report(use, gateway, TargetDiagnostics.NoGateway, Gateway.Name);
        }
    }

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Continue, Name, new Effect.Other(target.OptionText));
}
