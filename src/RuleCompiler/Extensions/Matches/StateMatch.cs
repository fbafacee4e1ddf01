using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m state</c>: the packet's conntrack state.</summary>
/// <remarks>Source: net/netfilter/xt_state.c; iptables-extensions(8), state: a part of <c>-m conntrack</c>.</remarks>
internal sealed class StateMatch : MatchExtension
{
    private static readonly AbbreviatedWordSetOption State = new("--state", StateTest.States) { IsNegatable = true };

    public override string Name => "state";

    public override ImmutableArray<OptionSpec> Options { get; } = [State];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => StateTest.Lower(match.GetOr(State, 0u), match.IsNegated(State));
}
