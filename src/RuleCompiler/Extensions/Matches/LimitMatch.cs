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

    private const ulong DefaultBurst = 5;

    private static readonly RateOption Limit = new("--limit", Scale);

    private static readonly NumberOption Burst = new("--limit-burst", 0, 10_000);

    private static readonly Rate DefaultRate = new(3600 / 3 * Scale, Scale, 3600);

    public override string Name => "limit";

    public override ImmutableArray<OptionSpec> Options { get; } = [Limit, Burst];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Context.Flavour == Flavour.Legacy && use.Find(Burst) is { Value: 0ul } option)
        {
            checker.Report(use, option, ExtensionDiagnostics.OutOfProportion, Burst.Name, "above 0");
        }
    }

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: true);

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
