using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m ipv6header</c>: which extension headers an IPv6 packet has, and what comes behind them.</summary>
/// <remarks>
/// Source: net/ipv6/netfilter/ip6t_ipv6header.c, <c>ipv6header_mt6</c>; extensions/libip6t_ipv6header.c. A packet has these headers
/// and no others, or with <c>--soft</c> these at least; <c>! --soft</c> asks that it has none of them. Behind all others there is
/// one of <c>esp</c>, <c>none</c> and <c>prot</c>, which the protocol tells.
/// </remarks>
internal sealed class Ipv6headerMatch : MatchExtension
{
    private const int AllBits = 8;
    private const int LastBits = 3;
    private const uint Esp = 4;
    private const uint NoNext = 2;
    private const uint Protocol = 1;

    private static readonly HeaderSetOption Headers = new("--header") { IsNegatable = true };

    private static readonly FlagOption Soft = new("--soft");

    private static readonly FieldSet EspOnly = FieldSet.Of(IpProtocol.Esp);
    private static readonly FieldSet NoNextOnly = FieldSet.Of(IpProtocol.NoNextHeader);

    private static readonly FieldSet AnyOther = FieldSet.Union([new(IpProtocol.Esp, IpProtocol.Esp), new(IpProtocol.NoNextHeader, IpProtocol.NoNextHeader)])
        .Complement(byte.MaxValue);

    public override string Name => "ipv6header";

    public override Family? OnlyFamily => Family.IPv6;

    public override ImmutableArray<OptionSpec> Options { get; } = [Headers, Soft];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Headers];

    public override Condition Lower(BoundMatch match)
    {
        var headers = match.GetOr(Headers, 0u);
        var isNegated = match.IsNegated(Headers);
        var (before, last) = (headers >> LastBits, headers & ((1 << LastBits) - 1));
        if (!match.Has(Soft))
        {
            var exactly = Condition.AllOf(HeaderConditions.Are((ExtensionHeaders)before), Ends(last));
            return isNegated ? Condition.Not(exactly) : exactly;
        }
        var parts = Enumerable.Range(0, AllBits).Select(place => headers & (1u << place)).Where(bit => bit != 0)
            .Select(bit => bit < 1 << LastBits ? Ends(bit) : HeaderConditions.Has((ExtensionHeaders)(bit >> LastBits)));
        return Condition.AllOf([.. isNegated ? parts.Select(Condition.Not) : parts]);
    }

    /// <summary>Whether the packet ends so; two ends it does not have, nor none.</summary>
    private static Condition Ends(uint last) => last switch
    {
        Esp => Condition.Field(PacketField.Protocol, EspOnly),
        NoNext => Condition.Field(PacketField.Protocol, NoNextOnly),
        Protocol => Condition.Field(PacketField.Protocol, AnyOther),
        _ => Condition.Never,
    };
}
