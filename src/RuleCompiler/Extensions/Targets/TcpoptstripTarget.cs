using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j TCPOPTSTRIP</c>: overwrites options of a TCP header with padding, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_TCPOPTSTRIP.c; iptables-extensions(8), TCPOPTSTRIP.</remarks>
internal sealed class TcpoptstripTarget : TargetExtension
{
    private static readonly TcpOptionListOption Kinds = new("--strip-options");

    public override string Name => "TCPOPTSTRIP";

    public override ImmutableArray<OptionSpec> Options { get; } = [Kinds];

    public override ImmutableArray<byte> Protocols { get; } = [IpProtocol.Tcp];

    public override TableSet TablesFor(BoundExtension use) => TableSet.Mangle;

    public override RuleAction Lower(BoundTarget target) =>
        new(ActionKind.Continue, Name, new Effect.StripOptions(target.GetOr(Kinds, []), target.OptionText));
}
