using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary>What SNPT and DNPT have in common: another prefix for an IPv6 address, without state (RFC 6296).</summary>
/// <remarks>Source: net/ipv6/netfilter/ip6t_NPT.c, <c>ip6t_npt_checkentry</c>; iptables-extensions(8), SNPT and DNPT.</remarks>
/// <param name="isSource">Whether it is the source that is rewritten.</param>
internal abstract class PrefixTranslationTarget(bool isSource) : TargetExtension
{
    private const int MaxLength = 64;

    private static readonly AddressPrefixOption From = new("--src-pfx", MaxLength);
    private static readonly AddressPrefixOption To = new("--dst-pfx", MaxLength);

    public sealed override Family? OnlyFamily => Family.IPv6;

    public sealed override ImmutableArray<OptionSpec> Options { get; } = [From, To];

    public sealed override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public sealed override TableSet TablesFor(BoundExtension use) => TableSet.Mangle;

    public sealed override RuleAction Lower(BoundTarget target)
    {
        var from = target.GetOr(From, default);
        var to = target.GetOr(To, default);
        return new RuleAction(
            ActionKind.Continue,
            Name,
            new Effect.MapPrefix(isSource, from.Address, to.Address, Math.Max(from.Length, to.Length)));
    }
}
