using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m cluster</c>: whether this node of several is the one to handle the packet's connection.</summary>
/// <remarks>
/// Source: net/netfilter/xt_cluster.c: a hash of the connection's first source, so no state, yet nothing that a packet
/// tells by itself; without a connection it fails, negated or not, and so it does (observed on Linux 6.18) behind a CT rule
/// in raw, whose template is no connection yet; extensions/libxt_cluster.c; iptables-extensions(8), cluster.
/// </remarks>
internal sealed class ClusterMatch : MatchExtension
{
    private const int MaxNodes = 32;

    private static readonly NumberOption Node = new("--cluster-local-node", 1, MaxNodes) { IsNegatable = true };

    private static readonly NumberOption Mask =
        new("--cluster-local-nodemask", 1, MaxNodes) { IsNegatable = true, HexDigits = 8 };

    private static readonly NumberOption Total = new("--cluster-total-nodes", 1, MaxNodes);
    private static readonly NumberOption Seed = new("--cluster-hash-seed", 0, uint.MaxValue) { HexDigits = 8 };

    public override string Name => "cluster";

    public override ImmutableArray<OptionSpec> Options { get; } = [Node, Mask, Total, Seed];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Total, Seed];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Node, Mask]];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if ((use.Find(Node) ?? use.Find(Mask)) is not { } local)
        {
            checker.Report(use, ExtensionDiagnostics.NeedsOneOf, Name, $"{Node.Name}, {Mask.Name}");
        }
        else if (use.TryGet(Total, out var total) && MaskOf(use) >> (int)total != 0)
        {
            checker.Report(
                use,
                local,
                ExtensionDiagnostics.OutOfProportion,
                local.Spec.Name,
                string.Create(CultureInfo.InvariantCulture, $"within the {total} nodes of {Total.Name}"));
        }
    }

    /// <remarks>A template has protocol 0, a connection has its own.</remarks>
    public override Condition Lower(BoundMatch match) => Condition.AllOf(
        Condition.Field(PacketField.ConntrackProtocol, FieldSet.Range(1, byte.MaxValue)), match.Unknown(isStateful: false));

    /// <summary>A node prints as the mask of it.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        Mask.Write(MaskOf(use), use.IsNegated(Node) || use.IsNegated(Mask), writer);
        Total.Write(use.GetOr(Total, 0ul), isNegated: false, writer);
        Seed.Write(use.GetOr(Seed, 0ul), isNegated: false, writer);
    }

    private static ulong MaskOf(BoundExtension use) =>
        use.TryGet(Node, out var node) ? 1ul << (int)(node - 1) : use.GetOr(Mask, 0ul);
}
