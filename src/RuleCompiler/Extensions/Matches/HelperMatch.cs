using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m helper</c>: the packet belongs to a connection that this conntrack helper expected.</summary>
/// <remarks>
/// Source: net/netfilter/xt_helper.c, <c>helper_mt</c>: it fails, and holds if negated, where no helper expected the
/// connection. Which helper it was is not told.
/// </remarks>
internal sealed class HelperMatch : MatchExtension
{
    private static readonly TextOption Helper = new("--helper", 29) { IsNegatable = true };

    private static readonly Condition IsExpected =
        Condition.Field(PacketField.ConntrackStatus, FieldSet.AnyBit((UInt128)(int)ConntrackStatus.Expected));

    public override string Name => "helper";

    public override ImmutableArray<OptionSpec> Options { get; } = [Helper];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match)
    {
        var isNegated = match.IsNegated(Helper);
        var test = match.UnknownTest(Helper);
        return isNegated ? Condition.AnyOf(Condition.Not(IsExpected), test) : Condition.AllOf(IsExpected, test);
    }
}
