using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m realm</c>: the routing realm of the packet's route, which no host fact tells; before routing there is none.</summary>
/// <remarks>Source: net/netfilter/xt_realm.c; iptables-extensions(8), realm.</remarks>
internal sealed class RealmMatch : MatchExtension
{
    private static readonly MaskedNumberOption Realm = new("--realm", uint.MaxValue) { IsNegatable = true, NameOfZero = "cosmos" };

    public override string Name => "realm";

    public override Family? OnlyFamily => Family.IPv4;

    public override ImmutableArray<OptionSpec> Options { get; } = [Realm];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override HookSet HooksFor(BoundExtension use) => HookSet.All & ~HookSet.Prerouting;

    public override Condition Lower(BoundMatch match) => match.UnknownTest(Realm);
}
