using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j CLUSTERIP</c>: drops what another node of a cluster is to handle, and lets the rest go on.</summary>
/// <remarks>
/// Source: extensions/libipt_CLUSTERIP.c: all that makes a cluster or, in a further rule for it, nothing. Kernels have had
/// no such target since 6.3; which packets a node handled was a hash with a seed. iptables-extensions(8), CLUSTERIP.
/// </remarks>
internal sealed class ClusteripTarget : TargetExtension
{
    private const ulong MaxNodes = 16;
    private const ulong MulticastBit = 1ul << 40;

    private static readonly FlagOption New = new("--new");

    private static readonly KeywordOption HashMode =
        new("--hashmode", [("sourceip", 0), ("sourceip-sourceport", 1), ("sourceip-sourceport-destport", 2)]);

    private static readonly MacOption Mac = new("--clustermac") { IsUpperCase = true };
    private static readonly NumberOption Total = new("--total-nodes", 0, MaxNodes);
    private static readonly NumberOption Local = new("--local-node", 1, MaxNodes);
    private static readonly NumberOption Seed = new("--hash-init", 0, uint.MaxValue);

    private static readonly ImmutableArray<OptionSpec> OfNew = [New, HashMode, Mac, Total, Local];

    public override string Name => "CLUSTERIP";

    public override Family? OnlyFamily => Family.IPv4;

    public override ImmutableArray<OptionSpec> Options { get; } = [.. OfNew, Seed];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Options.IsEmpty)
        {
            return;
        }
        if (OfNew.FirstOrDefault(spec => !use.Has(spec)) is { } missing)
        {
            checker.Report(use, use.Options[0], ExtensionDiagnostics.NeedsOther, use.Options[0].Spec.Name, missing.Name);
        }
        if (use.Find(Mac) is { Value: MacAddress mac } option && (mac.Value & MulticastBit) == 0)
        {
            checker.Report(
                use, option, ExtensionDiagnostics.OutOfProportion, Mac.Name, "an address of a group: its first number must be odd");
        }
    }

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Unknown, Name);

    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        base.WriteOptions(use, writer);
        if (use.Has(New) && !use.Has(Seed))
        {
            Seed.Write(0ul, isNegated: false, writer);
        }
    }
}
