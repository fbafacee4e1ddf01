using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m ipcomp</c>: a compressed packet (RFC 3173), by its compression parameter index.</summary>
/// <remarks>
/// Source: net/netfilter/xt_ipcomp.c, <c>comp_mt</c>, which asks nothing of the reserved bits; extensions/libxt_ipcomp.c, where the
/// index is 0 if none is given.
/// </remarks>
internal sealed class IpcompMatch() : SecurityParameterMatch("ipcomp", IpProtocol.IpComp)
{
    private static readonly FlagOption Reserved = new("--compres");

    protected override ImmutableArray<OptionSpec> MoreOptions { get; } = [Reserved];

    protected override uint MaxIndex => ushort.MaxValue;

    protected override Condition WithoutIndex(BoundMatch match) => Condition.Unknown(Name, $"{Name} {Index.Name} 0", isStateful: false);

    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        if (!use.Has(Index))
        {
            writer.Option(Index.Name);
            writer.Word("0");
        }
        base.WriteOptions(use, writer);
    }
}
