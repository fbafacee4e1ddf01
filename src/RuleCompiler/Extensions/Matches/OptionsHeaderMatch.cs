using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary>What <c>-m hbh</c> and <c>-m dst</c> have in common: an IPv6 header of options; what is in it no packet tells.</summary>
/// <remarks>Source: net/ipv6/netfilter/ip6t_hbh.c, for both; extensions/libip6t_hbh.c, libip6t_dst.c.</remarks>
/// <param name="name"><c>hbh</c> or <c>dst</c>, which begins the options too.</param>
/// <param name="header">The header.</param>
internal abstract class OptionsHeaderMatch(string name, ExtensionHeaders header) : MatchExtension
{
    private readonly NumberOption _length = new($"--{name}-len", 0, uint.MaxValue) { IsNegatable = true };

    private readonly HeaderOptionsOption _options = new($"--{name}-opts");

    // Made at first use, perhaps by several threads: one reference, so that none sees it half written.
    private ImmutableArray<OptionSpec> _all;

    public sealed override string Name => name;

    public sealed override Family? OnlyFamily => Family.IPv6;

    public sealed override ImmutableArray<OptionSpec> Options => _all.IsDefault ? _all = [_length, _options] : _all;

    public sealed override Condition Lower(BoundMatch match) => Condition.AllOf(
        HeaderConditions.Has(header), match.Options.IsEmpty ? Condition.Always : match.Unknown(isStateful: false));
}
