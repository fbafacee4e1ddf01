using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j HMARK</c>: sets the packet's mark to a hash of its addresses and ports, and goes on.</summary>
/// <remarks>
/// Source: net/netfilter/xt_HMARK.c, <c>hmark_tg_check</c>; extensions/libxt_HMARK.c, where a field of <c>--hmark-tuple</c>
/// is the same as its mask with all bits. The hash hangs on a seed and the machine's byte order: the mark is unknown
/// then. iptables-extensions(8), HMARK.
/// </remarks>
internal sealed class HmarkTarget : TargetExtension
{
    private const uint Connection = 64;

    private static readonly PrefixLengthOption SourcePrefix = new("--hmark-src-prefix") { CutsLongOnes = true };
    private static readonly PrefixLengthOption DestinationPrefix = new("--hmark-dst-prefix") { CutsLongOnes = true };
    private static readonly NumberOption SourcePortMask = Number("--hmark-sport-mask", ushort.MaxValue, 4);
    private static readonly NumberOption DestinationPortMask = Number("--hmark-dport-mask", ushort.MaxValue, 4);
    private static readonly NumberOption IndexMask = Number("--hmark-spi-mask", uint.MaxValue, 8);
    private static readonly NumberOption SourcePort = Number("--hmark-sport", ushort.MaxValue, 4);
    private static readonly NumberOption DestinationPort = Number("--hmark-dport", ushort.MaxValue, 4);
    private static readonly NumberOption Index = Number("--hmark-spi", uint.MaxValue, 8);
    private static readonly NumberOption ProtocolMask = Number("--hmark-proto-mask", ushort.MaxValue, 2);
    private static readonly NumberOption Seed = Number("--hmark-rnd", uint.MaxValue, 8);
    private static readonly NumberOption Modulus = new("--hmark-mod", 1, uint.MaxValue);
    private static readonly NumberOption Offset = new("--hmark-offset", 0, uint.MaxValue);

    private static readonly WordSetOption Tuple = new(
        "--hmark-tuple",
        [("src", 1), ("dst", 2), ("sport", 4), ("dport", 8), ("spi", 16), ("proto", 32), ("ct", Connection)]);

    /// <summary>The fields of the hash, with the word of the tuple that means all bits of one.</summary>
    private static readonly ImmutableArray<(OptionSpec Spec, uint Bit)> Fields =
    [
        (SourcePrefix, 1), (DestinationPrefix, 2), (SourcePortMask, 4), (DestinationPortMask, 8), (IndexMask, 16),
        (SourcePort, 0), (DestinationPort, 0), (Index, 0), (ProtocolMask, 32),
    ];

    public override string Name => "HMARK";

    public override ImmutableArray<OptionSpec> Options { get; } = [.. Fields.Select(field => field.Spec), Seed, Modulus, Offset, Tuple];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Modulus, Seed];

    /// <summary>What an SPI says, ports say at the same place of the packet.</summary>
    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } =
        [[Index, SourcePort], [Index, DestinationPort]];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        var tuple = use.GetOr(Tuple, 0u);
        if (tuple == 0 && !Fields.Any(field => use.Has(field.Spec)))
        {
            checker.Report(
                use, ExtensionDiagnostics.NeedsOneOf, Name, string.Join(", ", Fields.Select(field => field.Spec.Name).Prepend(Tuple.Name)));
            return;
        }
        foreach (var (spec, bit) in Fields)
        {
            if ((tuple & bit) != 0 && use.Find(spec) is { } twice)
            {
                checker.Report(use, twice, ExtensionDiagnostics.NotWith, spec.Name, $"the same field in {Tuple.Name}");
            }
        }
        if (ValueOf(use, IndexMask, 16) is not null
            && (ValueOf(use, SourcePortMask, 4) ?? ValueOf(use, DestinationPortMask, 8)) is not null)
        {
            var option = use.Find(IndexMask) ?? use.Find(Tuple) ?? use.Options[0];
            checker.Report(use, option, ExtensionDiagnostics.NotWith, "spi", "a mask of ports");
        }
    }

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Continue, Name, new Effect.HashMark(target.OptionText));

    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        foreach (var (spec, bit) in Fields)
        {
            if (ValueOf(use, spec, bit) is { } value)
            {
                spec.Write(value, isNegated: false, writer);
            }
        }
        foreach (var spec in (ReadOnlySpan<OptionSpec>)[Seed, Modulus, Offset])
        {
            if (use.Find(spec) is { } option)
            {
                spec.Write(option.Value, isNegated: false, writer);
            }
        }
        if ((use.GetOr(Tuple, 0u) & Connection) != 0)
        {
            Tuple.Write(Connection, isNegated: false, writer);
        }
    }

    private static NumberOption Number(string name, uint max, int digits) => new(name, 0, max) { HexDigits = digits };

    /// <summary>A field's value as given, or all bits where the tuple has it; else null.</summary>
    private static object? ValueOf(BoundExtension use, OptionSpec spec, uint bit) =>
        use.Find(spec) is { } option ? option.Value
        : (use.GetOr(Tuple, 0u) & bit) == 0 ? null
        : spec is PrefixLengthOption ? IpAddress.WidthOf(use.Context.Family)
        : ReferenceEquals(spec, IndexMask) ? (ulong)uint.MaxValue
        : (ulong)ushort.MaxValue;
}
