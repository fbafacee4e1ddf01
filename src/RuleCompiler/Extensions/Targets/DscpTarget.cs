using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j DSCP</c>: sets the upper six bits of the type-of-service byte, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_DSCP.c, <c>dscp_tg</c>; iptables-extensions(8), DSCP; RFC 2474.</remarks>
internal sealed class DscpTarget : TargetExtension
{
    private const byte DscpBits = 0xfc;

    private static readonly NumberOption Number = new("--set-dscp", 0, 63);

    private static readonly KeywordOption Class = new(
        "--set-dscp-class",
        [
            ("CS0", 0x00), ("CS1", 0x08), ("CS2", 0x10), ("CS3", 0x18), ("CS4", 0x20), ("CS5", 0x28), ("CS6", 0x30),
            ("CS7", 0x38), ("BE", 0x00), ("AF11", 0x0a), ("AF12", 0x0c), ("AF13", 0x0e), ("AF21", 0x12), ("AF22", 0x14),
            ("AF23", 0x16), ("AF31", 0x1a), ("AF32", 0x1c), ("AF33", 0x1e), ("AF41", 0x22), ("AF42", 0x24),
            ("AF43", 0x26), ("EF", 0x2e),
        ]);

    public override string Name => "DSCP";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [Number, Class];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Number, Class]];

    public override TableSet TablesFor(BoundExtension use) => TableSet.Mangle;

    public override RuleAction Lower(BoundTarget target) =>
        new(ActionKind.Continue, Name, new Effect.SetTos((byte)(ValueOf(target) << 2), DscpBits));

    /// <summary>A class is printed as its number.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        writer.Option(Number.Name);
        writer.Word(string.Create(CultureInfo.InvariantCulture, $"0x{ValueOf(use):x2}"));
    }

    private static ulong ValueOf(BoundExtension use) => use.TryGet(Number, out var number) ? number : use.GetOr(Class, 0ul);
}
