using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m bpf</c>: a classic BPF program over the packet's bytes, which no packet expression tells.</summary>
/// <remarks>Source: net/netfilter/xt_bpf.c; extensions/libxt_bpf.c; iptables-extensions(8), bpf.</remarks>
internal sealed class BpfMatch : MatchExtension
{
    private static readonly BytecodeOption Program = new("--bytecode");

    public override string Name => "bpf";

    public override ImmutableArray<OptionSpec> Options { get; } = [Program];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => match.UnknownTest(Program);
}
