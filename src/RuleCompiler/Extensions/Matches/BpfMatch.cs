using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m bpf</c>: a classic BPF program over the packet's bytes, which no packet expression tells.</summary>
/// <remarks>Source: net/netfilter/xt_bpf.c; extensions/libxt_bpf.c; iptables-extensions(8), bpf.</remarks>
internal sealed class BpfMatch : MatchExtension
{
    private const int MaxPathBytes = 511; // XT_BPF_PATH_MAX - 1

    private static readonly BytecodeOption Program = new("--bytecode");

    private static readonly TruncatedTextOption Pinned = new("--object-pinned", MaxPathBytes) { IsBare = true };

    public override string Name => "bpf";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [Program, Pinned];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Program, Pinned]];

    public override Condition Lower(BoundMatch match) => Condition.AllOf(match.UnknownTest(Program), match.UnknownTest(Pinned));
}
