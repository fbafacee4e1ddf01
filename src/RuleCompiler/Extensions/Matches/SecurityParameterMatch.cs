using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary>What <c>-m ah</c>, <c>-m esp</c> and <c>-m ipcomp</c> have in common: the security parameter index.</summary>
/// <remarks>
/// Source: net/ipv4/netfilter/ipt_ah.c, net/ipv6/netfilter/ip6t_ah.c, net/netfilter/xt_esp.c, xt_ipcomp.c. No packet tells the
/// index, so a test of it is unknown; without one it is enough that the header is there.
/// </remarks>
/// <param name="name">The match's name.</param>
/// <param name="protocol">The protocol.</param>
internal abstract class SecurityParameterMatch(string name, byte protocol) : MatchExtension
{
    /// <summary>The index, of which one number is a range, too.</summary>
    protected NumberRangeOption Index { get; } = new($"--{name}spi", 0, uint.MaxValue)
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

    public sealed override ImmutableArray<OptionSpec> Options => _options.IsDefault ? _options = [Index, .. MoreOptions] : _options;

    /// <summary>The largest index that a packet can have.</summary>
    protected virtual uint MaxIndex => uint.MaxValue;

    /// <summary>Options beside the index.</summary>
    protected virtual ImmutableArray<OptionSpec> MoreOptions => [];

    /// <summary>That the header is there, where the protocol of the rule does not say so.</summary>
    protected virtual Condition IsThere => HeaderConditions.BeginsLast;

    /// <summary>Whether an option beside the index asks for something.</summary>
    protected virtual bool AsksMore(BoundMatch match) => false;

    /// <summary>What a match without a test of the index asks of it.</summary>
    protected virtual Condition WithoutIndex(BoundMatch match) => Condition.Always;

    public sealed override Condition Lower(BoundMatch match) => Condition.AllOf(IsThere, Contents(match));

    private Condition Contents(BoundMatch match) => AsksMore(match) ? match.Unknown(isStateful: false)
        : !match.TryGet(Index, out var range) ? WithoutIndex(match)
        : range.Low != 0 || range.High < MaxIndex ? match.UnknownTest(Index)
        : match.IsNegated(Index) ? Condition.Never
        : Condition.Always;
}
