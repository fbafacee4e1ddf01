using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m connlimit</c>: how many connections an address, or a network, has now.</summary>
/// <remarks>
/// Source: net/netfilter/xt_connlimit.c; extensions/libxt_connlimit.c, which turns a negated <c>--connlimit-upto</c>
/// into <c>--connlimit-above</c> and the other way round.
/// </remarks>
internal sealed class ConnlimitMatch : MatchExtension
{
    private static readonly NumberOption UpTo = new("--connlimit-upto", 0, uint.MaxValue) { IsNegatable = true };
    private static readonly NumberOption Above = new("--connlimit-above", 0, uint.MaxValue) { IsNegatable = true };
    private static readonly PrefixLengthOption Mask = new("--connlimit-mask") { CutsLongOnes = true };
    private static readonly FlagOption BySource = new("--connlimit-saddr");
    private static readonly FlagOption ByDestination = new("--connlimit-daddr");

    public override string Name => "connlimit";

    public override ImmutableArray<OptionSpec> Options { get; } = [UpTo, Above, Mask, BySource, ByDestination];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } =
        [[UpTo, Above], [BySource, ByDestination]];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (!use.Has(UpTo) && !use.Has(Above))
        {
            checker.Report(use, ExtensionDiagnostics.NeedsOneOf, Name, $"{UpTo.Name}, {Above.Name}");
        }
    }

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: true);

    /// <summary>Mask and side always print.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        var isAbove = use.Has(Above) != (use.IsNegated(Above) || use.IsNegated(UpTo));
        writer.Option(isAbove ? Above.Name : UpTo.Name);
        writer.Number(use.TryGet(Above, out var above) ? above : use.GetOr(UpTo, 0ul));
        writer.Option(Mask.Name);
        writer.Number((ulong)use.GetOr(Mask, IpAddress.WidthOf(use.Context.Family)));
        writer.Option(use.Has(ByDestination) ? ByDestination.Name : BySource.Name);
    }
}
