using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j ULOG</c>: passes the packet to a logger in user space, and goes on. NFLOG took its place.</summary>
/// <remarks>
/// Source: extensions/libipt_ULOG.c; kernels have had no such target since 3.17, so only rules of older ones hold it.
/// iptables-extensions(8), ULOG.
/// </remarks>
internal sealed class UlogTarget : TargetExtension
{
    private static readonly TruncatedTextOption Prefix = new("--ulog-prefix", 31);
    private static readonly NumberOption Group = new("--ulog-nlgroup", 1, 32);
    private static readonly NumberOption Range = new("--ulog-cprange", 0, uint.MaxValue);
    private static readonly NumberOption Threshold = new("--ulog-qthreshold", 1, 50);

    public override string Name => "ULOG";

    public override Family? OnlyFamily => Family.IPv4;

    public override ImmutableArray<OptionSpec> Options { get; } = [Prefix, Group, Range, Threshold];

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Continue, Name, new Effect.Log(target.OptionText));

    /// <summary>Group 1, range 0 and threshold 1 are the defaults, and vanish.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        foreach (var spec in Options)
        {
            if (use.Find(spec) is { } option && !option.Value.Equals(ReferenceEquals(spec, Range) ? 0ul : 1ul))
            {
                spec.Write(option.Value, isNegated: false, writer);
            }
        }
    }
}
