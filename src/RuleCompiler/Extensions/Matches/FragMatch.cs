using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m frag</c>: the fragment header of an IPv6 packet, and what packets tell of it: whether it is the first fragment.</summary>
/// <remarks>Source: net/ipv6/netfilter/ip6t_frag.c, <c>frag_mt6</c>, which asks for no length; extensions/libip6t_frag.c.</remarks>
internal sealed class FragMatch : MatchExtension
{
    private static readonly NumberRangeOption Id = new("--fragid", 0, uint.MaxValue)
    {
        Separator = ':',
        HasOpenEnds = true,
        OmitsFullRange = true,
        IsNegatable = true,
    };

    private static readonly NumberRange AnyId = new(0, uint.MaxValue);

    private static readonly NumberOption Length = new("--fraglen", 0, uint.MaxValue) { IsNegatable = true };
    private static readonly FlagOption Reserved = new("--fragres");
    private static readonly FlagOption First = new("--fragfirst");
    private static readonly FlagOption More = new("--fragmore");
    private static readonly FlagOption Last = new("--fraglast");

    public override string Name => "frag";

    public override Family? OnlyFamily => Family.IPv6;

    public override ImmutableArray<OptionSpec> Options { get; } = [Id, Length, Reserved, First, More, Last];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[More, Last]];

    public override Condition Lower(BoundMatch match) => Condition.AllOf(
        HeaderConditions.Has(ExtensionHeaders.Fragment),
        match.Has(First) ? HeaderConditions.BeginsLast : Condition.Always,
        match.GetOr(Id, AnyId) == AnyId && match.IsNegated(Id) ? Condition.Never
        : match.GetOr(Id, AnyId) != AnyId || match.Has(Reserved) || match.Has(More) || match.Has(Last) ? match.Unknown(isStateful: false)
        : Condition.Always);
}
