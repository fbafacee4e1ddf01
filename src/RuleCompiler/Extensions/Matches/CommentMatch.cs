using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m comment</c>: text for the reader; every packet passes.</summary>
/// <remarks>Source: net/netfilter/xt_comment.c; include/uapi/linux/netfilter/xt_comment.h: 256 bytes with a final zero.</remarks>
internal sealed class CommentMatch : MatchExtension
{
    private static readonly TextOption Comment = new("--comment", 255);

    public override string Name => "comment";

    public override ImmutableArray<OptionSpec> Options { get; } = [Comment];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => Condition.Always;
}
