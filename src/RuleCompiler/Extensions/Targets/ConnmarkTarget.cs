using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j CONNMARK</c>: changes the connection's mark, or copies between it and the packet's, and goes on.</summary>
/// <remarks>
/// Source: net/netfilter/xt_connmark.c, <c>connmark_tg</c>; extensions/libxt_CONNMARK.c, where options fold into
/// one mark and two masks in the order given. iptables-extensions(8), CONNMARK.
/// </remarks>
internal sealed class ConnmarkTarget : TargetExtension
{
    private const ulong MaxShift = 31;

    private static readonly MaskedNumberOption SetXor = new("--set-xmark", uint.MaxValue);
    private static readonly MaskedNumberOption SetOr = new("--set-mark", uint.MaxValue);
    private static readonly NumberOption And = Mask("--and-mark");
    private static readonly NumberOption Or = Mask("--or-mark");
    private static readonly NumberOption Xor = Mask("--xor-mark");
    private static readonly FlagOption Save = new("--save-mark");
    private static readonly FlagOption Restore = new("--restore-mark");
    private static readonly NumberOption PacketMask = Mask("--nfmask");
    private static readonly NumberOption ConnectionMask = Mask("--ctmask");
    private static readonly NumberOption BothMasks = Mask("--mask");

    private static readonly NumberOption ShiftLeft = new("--left-shift-mark", 0, MaxShift);
    private static readonly NumberOption ShiftRight = new("--right-shift-mark", 0, MaxShift);

    private static readonly ImmutableArray<OptionSpec> Operations = [SetXor, SetOr, And, Or, Xor, Save, Restore];

    public override string Name => "CONNMARK";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } =
        [.. Operations, PacketMask, ConnectionMask, BothMasks, ShiftLeft, ShiftRight];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } =
        [Operations, [PacketMask, BothMasks], [ConnectionMask, BothMasks]];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (!use.Options.IsEmpty && !Operations.Any(use.Has))
        {
            var mask = use.Options[0];
            checker.Report(
                use, mask, ExtensionDiagnostics.NeedsOneOf, mask.Spec.Name, string.Join(", ", Operations.Select(o => o.Name)));
        }
    }

    public override RuleAction Lower(BoundTarget target)
    {
        var shift = ShiftOf(target);
        var effect = ToEffect(target);
        return new(ActionKind.Continue, Name, shift == 0 ? effect : new Effect.ShiftMark(effect, shift));
    }

    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        WriteUnshifted(ToEffect(use), writer);
        var shift = ShiftOf(use);
        if (shift != 0)
        {
            (shift > 0 ? ShiftLeft : ShiftRight).Write((ulong)Math.Abs(shift), false, writer);
        }
    }

    private static void WriteUnshifted(Effect effect, RuleTextWriter writer)
    {
        switch (effect)
        {
            case Effect.SetConnectionMark set:
                writer.Option(SetXor.Name);
                writer.Word($"0x{set.Value:x}/0x{set.Mask:x}");
                break;
            case Effect.SaveMark save:
                WriteCopy(Save, save.PacketMask, save.ConnectionMask, writer);
                break;
            case Effect.RestoreMark restore:
                WriteCopy(Restore, restore.PacketMask, restore.ConnectionMask, writer);
                break;
        }
    }

    private static NumberOption Mask(string name) => new(name, 0, uint.MaxValue) { HexDigits = 1 };

    private static void WriteCopy(FlagOption operation, uint packetMask, uint connectionMask, RuleTextWriter writer)
    {
        writer.Option(operation.Name);
        PacketMask.Write((ulong)packetMask, false, writer);
        ConnectionMask.Write((ulong)connectionMask, false, writer);
    }

    private static bool IsShift(OptionSpec spec) => ReferenceEquals(spec, ShiftLeft) || ReferenceEquals(spec, ShiftRight);

    /// <summary>Bits to the left, negative to the right: of two shifts the last.</summary>
    private static int ShiftOf(BoundExtension use)
    {
        var shift = 0;
        foreach (var option in use.Options.Where(option => IsShift(option.Spec)))
        {
            shift = (int)(ulong)option.Value * (ReferenceEquals(option.Spec, ShiftLeft) ? 1 : -1);
        }
        return shift;
    }

    private static Effect ToEffect(BoundExtension use)
    {
        uint value = 0;
        var packetMask = uint.MaxValue;
        var connectionMask = uint.MaxValue;
        foreach (var option in use.Options)
        {
            switch (option.Value)
            {
                case MaskedNumberOption.Value mark:
                    value = mark.Number;
                    connectionMask = ReferenceEquals(option.Spec, SetOr) ? mark.Number | mark.Mask : mark.Mask;
                    break;
                case ulong wide when !IsShift(option.Spec):
                    var number = (uint)wide;
                    (value, packetMask, connectionMask) =
                        ReferenceEquals(option.Spec, And) ? (0, packetMask, ~number)
                        : ReferenceEquals(option.Spec, Or) ? (number, packetMask, number)
                        : ReferenceEquals(option.Spec, Xor) ? (number, packetMask, 0)
                        : ReferenceEquals(option.Spec, PacketMask) ? (value, number, connectionMask)
                        : ReferenceEquals(option.Spec, ConnectionMask) ? (value, packetMask, number)
                        : (value, number, number);
                    break;
            }
        }
        return use.Has(Save) ? new Effect.SaveMark(packetMask, connectionMask)
            : use.Has(Restore) ? new Effect.RestoreMark(packetMask, connectionMask)
            : new Effect.SetConnectionMark(value, connectionMask);
    }
}
