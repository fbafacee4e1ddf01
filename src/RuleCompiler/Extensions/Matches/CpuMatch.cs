using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m cpu</c>: the processor that handles the packet, which no packet tells.</summary>
/// <remarks>Source: net/netfilter/xt_cpu.c; iptables-extensions(8), cpu.</remarks>
internal sealed class CpuMatch : MatchExtension
{
    private static readonly NumberOption Cpu = new("--cpu", 0, uint.MaxValue) { IsNegatable = true };

    public override string Name => "cpu";

    public override ImmutableArray<OptionSpec> Options { get; } = [Cpu];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => match.UnknownTest(Cpu);
}
