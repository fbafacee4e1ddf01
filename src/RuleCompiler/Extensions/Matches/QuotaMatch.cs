using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m quota</c>: passes packets until so many bytes have passed; whether this one does hangs on those before it.</summary>
/// <remarks>Source: net/netfilter/xt_quota.c; iptables-extensions(8), quota.</remarks>
internal sealed class QuotaMatch : MatchExtension
{
    private static readonly NumberOption Quota = new("--quota", 0, ulong.MaxValue) { IsNegatable = true };

    public override string Name => "quota";

    public override ImmutableArray<OptionSpec> Options { get; } = [Quota];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: true);
}
