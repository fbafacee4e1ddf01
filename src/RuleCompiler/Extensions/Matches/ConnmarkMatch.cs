using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m connmark</c>: the mark of the packet's connection.</summary>
/// <remarks>Source: net/netfilter/xt_connmark.c, <c>connmark_mt</c>: without a connection it fails, negated or not.</remarks>
internal sealed class ConnmarkMatch : MatchExtension
{
    private static readonly MaskedNumberOption Mark = new("--mark", uint.MaxValue) { IsNegatable = true };

    public override string Name => "connmark";

    public override ImmutableArray<OptionSpec> Options { get; } = [Mark];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => match.Test(Mark, PacketField.ConnectionMark);
}
