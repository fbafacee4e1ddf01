using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m u32</c>: words of the packet's bytes, which no packet expression tells.</summary>
/// <remarks>Source: net/netfilter/xt_u32.c; extensions/libxt_u32.c; iptables-extensions(8), u32.</remarks>
internal sealed class U32Match : MatchExtension
{
    private static readonly U32Option Tests = new("--u32") { IsNegatable = true };

    public override string Name => "u32";

    public override ImmutableArray<OptionSpec> Options { get; } = [Tests];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => match.UnknownTest(Tests);
}
