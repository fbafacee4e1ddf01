using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m connlabel</c>: a label of the packet's connection, which no packet tells.</summary>
/// <remarks>
/// Source: net/netfilter/xt_connlabel.c; extensions/libxt_connlabel.c. Names of labels stand in a machine's own file, so
/// numbers only are read.
/// </remarks>
internal sealed class ConnlabelMatch : MatchExtension
{
    private static readonly QuotedNumberOption Label = new("--label", 127) { IsNegatable = true };

    private static readonly FlagOption Set = new("--set");

    public override string Name => "connlabel";

    public override ImmutableArray<OptionSpec> Options { get; } = [Label, Set];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Label];

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: true);
}
