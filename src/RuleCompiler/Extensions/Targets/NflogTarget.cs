using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j NFLOG</c>: passes the packet to the loggers of a netlink group, and goes on.</summary>
/// <remarks>
/// Source: net/netfilter/xt_NFLOG.c; extensions/libxt_NFLOG.c; iptables-extensions(8), NFLOG. nft keeps a
/// longer prefix (<c>NF_LOG_PREFIXLEN</c>), and not <c>--nflog-range</c>, which never worked.
/// </remarks>
internal sealed class NflogTarget : TargetExtension
{
    private static readonly TruncatedTextOption Prefix = new("--nflog-prefix", 63) { MaxBytesInNft = 127 };
    private static readonly NumberOption Group = new("--nflog-group", 0, ushort.MaxValue);
    private static readonly NumberOption Range = new("--nflog-range", 0, uint.MaxValue);
    private static readonly NumberOption Size = new("--nflog-size", 0, uint.MaxValue);
    private static readonly NumberOption Threshold = new("--nflog-threshold", 0, ushort.MaxValue);

    public override string Name => "NFLOG";

    public override ImmutableArray<OptionSpec> Options { get; } = [Prefix, Group, Range, Size, Threshold];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Range, Size]];

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Continue, Name, new Effect.Log(target.OptionText));

    /// <summary>Group 0, range 0 and threshold 0 mean the default, and vanish.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        foreach (var spec in Options)
        {
            if (use.Find(spec) is not { } option
                || (ReferenceEquals(spec, Range) && use.Context.Flavour == Flavour.Nft)
                || (option.Value is 0ul && !ReferenceEquals(spec, Size)))
            {
                continue;
            }
            spec.Write(option.Value, false, writer);
        }
    }
}
