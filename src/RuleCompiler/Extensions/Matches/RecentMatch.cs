using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m recent</c>: the packet's address is in a list of addresses seen lately, which the match also keeps.</summary>
/// <remarks>
/// Source: net/netfilter/xt_recent.c, <c>recent_mt</c>; extensions/libxt_recent.c. <c>--set</c> always matches, what the
/// others say hangs on the packets before.
/// </remarks>
internal sealed class RecentMatch : MatchExtension
{
    private static readonly FlagOption Set = new("--set") { IsNegatable = true };
    private static readonly FlagOption ReadCheck = new("--rcheck") { IsNegatable = true };
    private static readonly FlagOption Update = new("--update") { IsNegatable = true };
    private static readonly FlagOption Remove = new("--remove") { IsNegatable = true };
    private static readonly NumberOption Seconds = new("--seconds", 1, uint.MaxValue);
    private static readonly FlagOption Reap = new("--reap");
    private static readonly NumberOption HitCount = new("--hitcount", 0, ushort.MaxValue);
    private static readonly FlagOption SameTtl = new("--rttl");
    private static readonly WordOption ListName = new("--name", 199);
    private static readonly FullMaskOption Mask = new("--mask");
    private static readonly FlagOption BySource = new("--rsource");
    private static readonly FlagOption ByDestination = new("--rdest");

    private static readonly ImmutableArray<OptionSpec> Actions = [Set, ReadCheck, Update, Remove];

    public override string Name => "recent";

    public override ImmutableArray<OptionSpec> Options { get; } =
        [.. Actions, Seconds, Reap, HitCount, SameTtl, ListName, Mask, BySource, ByDestination];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [Actions];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (!use.Has(Set) && !use.Has(ReadCheck) && !use.Has(Update) && !use.Has(Remove))
        {
            checker.Report(use, ExtensionDiagnostics.NeedsOneOf, Name, "--set, --rcheck, --update, --remove");
        }
        if (use.Find(Reap) is { } reap && !use.Has(Seconds))
        {
            checker.Report(use, reap, ExtensionDiagnostics.NeedsOther, Reap.Name, Seconds.Name);
        }
        if (use.Has(Set) || use.Has(Remove))
        {
            foreach (var spec in (ReadOnlySpan<OptionSpec>)[Seconds, HitCount, SameTtl])
            {
                if (use.Find(spec) is { } option)
                {
                    checker.Report(use, option, ExtensionDiagnostics.NotWith, spec.Name, "--set or --remove");
                }
            }
        }
    }

    public override bool HasMemory(BoundMatch match) => match.Has(Set) || match.Has(Update) || match.Has(Remove) || match.Has(Reap);

    public override Condition Lower(BoundMatch match) =>
        !match.Has(Set) ? match.Unknown(isStateful: true)
        : match.IsNegated(Set) ? Condition.Never
        : Condition.Always;

    /// <summary>List, mask and side always print; of two sides the destination wins, and a hit count of 0 is none.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        foreach (var spec in (ReadOnlySpan<OptionSpec>)[Set, ReadCheck, Update, Remove, Seconds, Reap, HitCount, SameTtl])
        {
            if (use.Find(spec) is { } option && option.Value is not 0ul)
            {
                spec.Write(option.Value, option.IsNegated, writer);
            }
        }
        ListName.Write(use.GetOr(ListName, "DEFAULT"), isNegated: false, writer);
        Mask.Write(use.GetOr(Mask, FullMaskOption.AllBits(use.Context.Family)), isNegated: false, writer);
        writer.Option(use.Has(ByDestination) ? ByDestination.Name : BySource.Name);
    }
}
