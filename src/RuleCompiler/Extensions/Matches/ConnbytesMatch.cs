using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m connbytes</c>: how many bytes or packets the connection has had.</summary>
/// <remarks>
/// Source: net/netfilter/xt_connbytes.c, <c>connbytes_mt</c>: without a connection it fails, negated or not; else the
/// answer hangs on the packets before.
/// </remarks>
internal sealed class ConnbytesMatch : MatchExtension
{
    private static readonly NumberRangeOption Amount = new("--connbytes", 0, ulong.MaxValue)
    {
        Separator = ':',
        HasOpenEnds = true,
        IsOpenAlone = true,
        IsNegatable = true,
    };

    private static readonly KeywordOption Mode = new("--connbytes-mode", [("packets", 0), ("bytes", 1), ("avgpkt", 2)]) { IsCaseSensitive = true };

    private static readonly KeywordOption Direction = new("--connbytes-dir", [("original", 0), ("reply", 1), ("both", 2)]) { IsCaseSensitive = true };

    private static readonly Condition HasEntry = Condition.Field(PacketField.ConntrackDirection, FieldSet.Present);

    public override string Name => "connbytes";

    public override ImmutableArray<OptionSpec> Options { get; } = [Amount, Mode, Direction];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => Condition.AllOf(HasEntry, match.Unknown(isStateful: true));
}
