using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary>What <c>-m ah</c>, <c>-m esp</c> and <c>-m ipcomp</c> have in common: the security parameter index.</summary>
/// <remarks>
/// Source: net/ipv4/netfilter/ipt_ah.c, net/netfilter/xt_esp.c, xt_ipcomp.c. No packet tells the index, so a test of it is
/// unknown; without one the protocol alone decides.
/// </remarks>
/// <param name="name">The match's name.</param>
/// <param name="protocol">The protocol.</param>
internal abstract class SecurityParameterMatch(string name, byte protocol) : MatchExtension
{
    private readonly NumberRangeOption _index = new($"--{name}spi", 0, uint.MaxValue)
    {
        Separator = ':',
        HasOpenEnds = true,
        OmitsFullRange = true,
        IsNegatable = true,
    };

    // Made at first use, perhaps by several threads: one reference, so that none sees it half written.
    private ImmutableArray<OptionSpec> _options;

    private ImmutableArray<byte> _protocols;

    public sealed override string Name => name;

    public override byte? ImplicitFor => protocol;

    public override ImmutableArray<byte> Protocols => _protocols.IsDefault ? _protocols = [protocol] : _protocols;

    public sealed override ImmutableArray<OptionSpec> Options => _options.IsDefault ? _options = [_index, .. MoreOptions] : _options;

    /// <summary>Options beside the index.</summary>
    protected virtual ImmutableArray<OptionSpec> MoreOptions => [];

    public sealed override Condition Lower(BoundMatch match)
    {
        if (match.Context.Protocol != protocol || match.Context.IsProtocolNegated || match.Options.Length > 1)
        {
            return match.Unknown(isStateful: false);
        }
        return match.TryGet(_index, out var range) && range == new NumberRange(0, uint.MaxValue)
            ? match.IsNegated(_index) ? Condition.Never : Condition.Always
            : match.Options.IsEmpty ? Condition.Always
            : match.UnknownTest(match.Options[0].Spec);
    }
}
