using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m hashlimit</c>: a limited rate for each address, port, or pair of them.</summary>
/// <remarks>
/// Source: net/netfilter/xt_hashlimit.c; extensions/libxt_hashlimit.c, revision 3, <c>hashlimit_mt_save</c>;
/// iptables-extensions(8), hashlimit.
/// </remarks>
internal sealed class HashlimitMatch : MatchExtension
{
    private const ulong DefaultBurst = 5;

    private const ulong CreditsPerSecond = 137_438_953_472_000;

    private const ulong MaxPacketBurst = 1_000_000;

    private const ulong DefaultCollectionMilliseconds = 1000;

    private static readonly HashlimitRateOption UpTo = new("--hashlimit-upto") { Aliases = ["--hashlimit"], IsNegatable = true };
    private static readonly HashlimitRateOption Above = new("--hashlimit-above") { IsNegatable = true };
    private static readonly HashlimitBurstOption Burst = new("--hashlimit-burst");

    private static readonly WordSetOption Mode =
        new("--hashlimit-mode", [("srcip", 1), ("srcport", 2), ("dstip", 4), ("dstport", 8)]) { IsCaseSensitive = true };

    private static readonly WordOption TableName = new("--hashlimit-name", 255);
    private static readonly NumberOption TableSize = new("--hashlimit-htable-size", 0, uint.MaxValue);
    private static readonly NumberOption TableMax = new("--hashlimit-htable-max", 0, uint.MaxValue);
    private static readonly NumberOption Collection = new("--hashlimit-htable-gcinterval", 1, uint.MaxValue);
    private static readonly NumberOption Expiry = new("--hashlimit-htable-expire", 1, uint.MaxValue);
    private static readonly PrefixLengthOption SourceMask = new("--hashlimit-srcmask");
    private static readonly PrefixLengthOption DestinationMask = new("--hashlimit-dstmask");
    private static readonly FlagOption RateMatch = new("--hashlimit-rate-match");
    private static readonly NumberOption RateInterval = new("--hashlimit-rate-interval", 1, uint.MaxValue);

    public override string Name => "hashlimit";

    public override ImmutableArray<OptionSpec> Options { get; } =
    [
        UpTo, Above, Burst, Mode, TableName, TableSize, TableMax, Collection, Expiry, SourceMask, DestinationMask, RateMatch,
        RateInterval,
    ];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [TableName];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[UpTo, Above]];

    public override string? SharedMemory(BoundMatch match) => match.Find(TableName)?.Value.ToString();

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (!use.Has(UpTo) && !use.Has(Above))
        {
            checker.Report(use, ExtensionDiagnostics.NeedsOneOf, Name, $"{UpTo.Name}, {Above.Name}");
        }
        else if (Overflows(use))
        {
            checker.Report(use, ExtensionDiagnostics.OutOfProportion, Burst.Name, "smaller at so slow a rate: the kernel's count overflows");
        }
        else if (use.Find(Burst) is { Value: ulong burst } option)
        {
            var rate = GivenRate(use);
            if (rate.Packets is null && (burst < rate.BytesPerSecond || rate.BytesPerSecond == 0))
            {
                checker.Report(
                    use,
                    option,
                    ExtensionDiagnostics.OutOfProportion,
                    Burst.Name,
                    rate.BytesPerSecond == 0 ? "left out at so small a rate"
                        : string.Create(CultureInfo.InvariantCulture, $"at least {rate.BytesPerSecond}b, the rate of a second"));
            }
            else if (rate.Packets is not null && burst > MaxPacketBurst)
            {
                checker.Report(use, option, ExtensionDiagnostics.OutOfProportion, Burst.Name, "at most 1000000 packets");
            }
        }
    }

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: true);

    /// <summary>A negated limit prints as the other one; what equals its default, which hangs on the rate, vanishes.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        var isAbove = use.Has(Above) != (use.IsNegated(Above) || use.IsNegated(UpTo));
        var rate = RateOf(use);
        (isAbove ? Above : UpTo).Write(rate, isNegated: false, writer);
        WriteBurst(use, rate, writer);
        if (use.GetOr(Mode, 0u) is var mode and > 0)
        {
            Mode.Write(mode, isNegated: false, writer);
        }
        TableName.Write(use.GetOr(TableName, ""), isNegated: false, writer);
        WriteUnless(use, TableSize, 0, writer);
        WriteUnless(use, TableMax, 0, writer);
        WriteUnless(use, Collection, DefaultCollectionMilliseconds, writer);
        WriteExpiry(use, rate, writer);
        var width = IpAddress.WidthOf(use.Context.Family);
        foreach (var spec in (ReadOnlySpan<PrefixLengthOption>)[SourceMask, DestinationMask])
        {
            if (use.TryGet(spec, out var length) && length != width)
            {
                spec.Write(length, isNegated: false, writer);
            }
        }
        if (use.Has(RateMatch))
        {
            writer.Option(RateMatch.Name);
            var interval = use.GetOr(RateInterval, rate.Packets?.UnitSeconds ?? 1ul);
            if (interval != 1)
            {
                RateInterval.Write(interval, isNegated: false, writer);
            }
        }
    }

    private static HashlimitRate GivenRate(BoundExtension use) => use.TryGet(Above, out var above) ? above : use.GetOr(UpTo, default);

    /// <summary>The rate as the kernel keeps it: where entries match by their rate, packets are counted in an interval instead.</summary>
    private static HashlimitRate RateOf(BoundExtension use) => GivenRate(use) is { Packets: { } packets } && use.Has(RateMatch)
        ? new HashlimitRate(packets with { Period = Math.Max(packets.Period / packets.UnitSeconds, 1) }, 0)
        : GivenRate(use);

    /// <summary>Whether the credits of a full burst, in 64 bits, come out below those of one packet.</summary>
    /// <remarks>
    /// Source: net/netfilter/xt_hashlimit.c, <c>user2credits</c>, revision 3, at the tick rates of 250 and 1000 a second.
    /// </remarks>
    private static bool Overflows(BoundExtension use) =>
        GivenRate(use).Packets is { Period: var period } && !use.Has(RateMatch)
        && Credits(unchecked(period * use.GetOr(Burst, DefaultBurst))) < Credits(period);

    private static ulong Credits(ulong time) => unchecked(time * (CreditsPerSecond / HashlimitRateOption.Scale));

    private static void WriteBurst(BoundExtension use, HashlimitRate rate, RuleTextWriter writer)
    {
        if (rate.Packets is not null)
        {
            Burst.Write(use.GetOr(Burst, DefaultBurst), isNegated: false, writer);
        }
        else if (use.TryGet(Burst, out var bytes))
        {
            writer.Option(Burst.Name);
            writer.Word(rate.FormatBurst(rate.CountBurst(bytes)));
        }
    }

    /// <summary>Entries live as long as the unit that was given; it prints where that differs from the unit printed.</summary>
    private static void WriteExpiry(BoundExtension use, HashlimitRate rate, RuleTextWriter writer)
    {
        var byteDefault = use.Has(Burst) ? 60_000ul : 15_000ul;
        var given = use.GetOr(Expiry, rate.Packets is { } packets ? packets.UnitSeconds * 1000ul : byteDefault);
        if (given != (rate.Packets is { } printed ? printed.PrintedUnitSeconds * 1000ul : byteDefault))
        {
            Expiry.Write(given, isNegated: false, writer);
        }
    }

    private static void WriteUnless(BoundExtension use, NumberOption spec, ulong standard, RuleTextWriter writer)
    {
        if (use.TryGet(spec, out var value) && value != standard)
        {
            spec.Write(value, isNegated: false, writer);
        }
    }
}
