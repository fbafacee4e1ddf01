using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m physdev</c>: the ports by which a packet enters and leaves a bridge.</summary>
/// <remarks>
/// Source: net/netfilter/xt_physdev.c, <c>physdev_mt</c>. Without a bridge plain tests fail and negated ones hold; on a
/// bridge <c>--physdev-out</c>, negated or not, fails while the port is not chosen.
/// </remarks>
internal sealed class PhysdevMatch : MatchExtension
{
    private static readonly InterfaceOption In = new("--physdev-in") { IsNegatable = true };
    private static readonly FlagOption IsIn = new("--physdev-is-in") { IsNegatable = true };
    private static readonly InterfaceOption Out = new("--physdev-out") { IsNegatable = true };
    private static readonly FlagOption IsOut = new("--physdev-is-out") { IsNegatable = true };
    private static readonly FlagOption IsBridged = new("--physdev-is-bridged") { IsNegatable = true };

    private static readonly FieldSet Chosen = FieldSet.Range(1, UInt128.MaxValue);

    private static readonly FieldSet NotChosen = FieldSet.Of(0).WithAbsent(true);

    public override string Name => "physdev";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [IsIn, In, IsOut, Out, IsBridged];

    /// <summary>The bridge port of a packet leaving this host is not known in OUTPUT.</summary>
    public override HookSet HooksFor(BoundExtension use) =>
        (use.Has(Out) || use.Has(IsOut)) && (!use.Has(IsBridged) || use.IsNegated(IsBridged))
            ? HookSet.All & ~HookSet.Output
            : HookSet.All;

    public override Condition Lower(BoundMatch match) => Condition.AllOf(
        match.Test(In, PacketField.PhysicalIn, AbsentField.HoldsIfNegated),
        TestPresence(match, IsIn, PacketField.PhysicalIn),
        LowerOut(match),
        TestPresence(match, IsOut, PacketField.PhysicalOut),
        match.Test(IsBridged, PacketField.PhysicalIsBridged, AbsentField.HoldsIfNegated));

    private static Condition TestPresence(BoundMatch match, FlagOption spec, PacketField field) =>
        match.Has(spec) ? Condition.Field(field, match.IsNegated(spec) ? NotChosen : Chosen) : Condition.Always;

    private static Condition LowerOut(BoundMatch match) => match.Has(Out)
        ? Condition.AllOf(
            match.Test(Out, PacketField.PhysicalOut, AbsentField.HoldsIfNegated),
            Condition.Field(PacketField.PhysicalOut, Chosen.WithAbsent(true)))
        : Condition.Always;
}
