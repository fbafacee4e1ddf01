using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j DROP</c>: the end of the packet; nobody is told.</summary>
/// <remarks>
/// Source: include/uapi/linux/netfilter.h, <c>NF_DROP</c>. The tools refuse it in nat, which sees
/// only a connection's first packet (libxtables; iptables/nft.c, <c>nft_rule_append</c>).
/// </remarks>
internal sealed class DropTarget : TargetExtension
{
    private static readonly RuleAction Action = new(ActionKind.Drop, "DROP");

    public override string Name => "DROP";

    public override ImmutableArray<OptionSpec> Options => [];

    public override TableSet TablesFor(BoundExtension use) => TableSet.All & ~TableSet.Nat;

    public override RuleAction Lower(BoundTarget target) => Action;
}
