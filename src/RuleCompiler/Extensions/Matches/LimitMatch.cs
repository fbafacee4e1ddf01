using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m limit</c>: passes packets at a limited rate; whether this one hangs on those before it.</summary>
/// <remarks>Source: net/netfilter/xt_limit.c; extensions/libxt_limit.c; iptables-extensions(8), limit.</remarks>
internal sealed class LimitMatch : MatchExtension
{
    private const uint Scale = 10_000;

    private const uint CreditsPerSecond = 32_000;

    private const ulong DefaultBurst = 5;

    private static readonly RateOption Limit = new("--limit", Scale);

    private static readonly NumberOption Burst = new("--limit-burst", 0, 10_000);

    private static readonly Rate DefaultRate = new(3600 / 3 * Scale, Scale, 3600);

    public override string Name => "limit";

    public override ImmutableArray<OptionSpec> Options { get; } = [Limit, Burst];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Context.Flavour == Flavour.Nft)
        {
            return;
        }
        var burst = use.GetOr(Burst, DefaultBurst);
        if (burst == 0 && use.Find(Burst) is { } option)
        {
            checker.Report(use, option, ExtensionDiagnostics.OutOfProportion, Burst.Name, "above 0");
        }
        else if (Overflows(use.GetOr(Limit, DefaultRate).Period, burst))
        {
            checker.Report(use, ExtensionDiagnostics.OutOfProportion, Burst.Name, "smaller at so slow a rate: the kernel's count overflows");
        }
    }

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: true);

    /// <summary>Whether the credits of a full burst, in 32 bits, come out below those of one packet.</summary>
    /// <remarks>Source: net/netfilter/xt_limit.c, <c>user2credits</c>, at the tick rates of 250 and 1000 a second.</remarks>
    private static bool Overflows(ulong period, ulong burst) => Credits((uint)(period * burst)) < Credits((uint)period);

    private static uint Credits(uint time) => time > uint.MaxValue / CreditsPerSecond
        ? time / Scale * CreditsPerSecond
        : time * CreditsPerSecond / Scale;

    /// <summary>The rate prints even where it is the default, the burst only where it is not; nft keeps no burst of 0.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        writer.Option(Limit.Name);
        writer.Word(use.GetOr(Limit, DefaultRate).ToString());
        if (use.GetOr(Burst, DefaultBurst) is var burst and not (DefaultBurst or 0))
        {
            Burst.Write(burst, isNegated: false, writer);
        }
    }
}
