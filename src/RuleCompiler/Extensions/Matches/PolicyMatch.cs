using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m policy</c>: the IPsec policy that the packet came or leaves under, which no packet tells.</summary>
/// <remarks>
/// Source: net/netfilter/xt_policy.c; extensions/libxt_policy.c; iptables-extensions(8), policy. <c>--next</c> begins a
/// further element, whose options may be given again.
/// </remarks>
internal sealed class PolicyMatch : MatchExtension
{
    private static readonly KeywordOption Direction = new("--dir", [("in", 0), ("out", 1)]);
    private static readonly KeywordOption Policy = new("--pol", [("ipsec", 0), ("none", 1)]);
    private static readonly FlagOption Strict = new("--strict");
    private static readonly NumberOption RequestId = new("--reqid", 0, uint.MaxValue) { IsNegatable = true, IsRepeatable = true };

    private static readonly NumberOption Index =
        new("--spi", 0, uint.MaxValue) { IsNegatable = true, IsRepeatable = true, HexDigits = 1 };

    private static readonly ProtocolOption Protocol = new("--proto") { IsNegatable = true, IsRepeatable = true };

    private static readonly KeywordOption Mode =
        new("--mode", [("transport", 0), ("tunnel", 1)]) { IsNegatable = true, IsRepeatable = true };

    private static readonly AddressOption TunnelDestination = new("--tunnel-dst") { IsNegatable = true, IsRepeatable = true };
    private static readonly AddressOption TunnelSource = new("--tunnel-src") { IsNegatable = true, IsRepeatable = true };
    private static readonly FlagOption Next = new("--next") { IsRepeatable = true };

    private static readonly ImmutableArray<OptionSpec> OfElement =
        [RequestId, Index, Protocol, Mode, TunnelDestination, TunnelSource];

    public override string Name => "policy";

    public override ImmutableArray<OptionSpec> Options { get; } = [Direction, Policy, Strict, .. OfElement, Next];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Direction];

    public override HookSet HooksFor(BoundExtension use) => use.GetOr(Direction, 0ul) == 0
        ? HookSet.Prerouting | HookSet.Input | HookSet.Forward
        : HookSet.Forward | HookSet.Output | HookSet.Postrouting;

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Find(Next) is { } next && !use.Has(Strict))
        {
            checker.Report(use, next, ExtensionDiagnostics.NeedsOther, Next.Name, Strict.Name);
        }
        if ((use.Find(TunnelSource) ?? use.Find(TunnelDestination)) is { } tunnel && use.GetOr(Mode, 0ul) == 0)
        {
            checker.Report(use, tunnel, ExtensionDiagnostics.NeedsOther, tunnel.Spec.Name, "--mode tunnel");
        }
        if (use.Find(Strict) is { } strict)
        {
            if (use.GetOr(Policy, 0ul) != 0)
            {
                checker.Report(use, strict, ExtensionDiagnostics.NotWith, Strict.Name, "'--pol none'");
            }
            else if (!OfElement.Any(use.Has))
            {
                checker.Report(use, ExtensionDiagnostics.NeedsOneOf, Strict.Name, string.Join(", ", OfElement.Select(s => s.Name)));
            }
        }
    }

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: false);

    /// <summary>The policy prints even where it is the default; elements print in the order given.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        Direction.Write(use.GetOr(Direction, 0ul), isNegated: false, writer);
        Policy.Write(use.GetOr(Policy, 0ul), isNegated: false, writer);
        if (use.Has(Strict))
        {
            writer.Option(Strict.Name);
        }
        var first = 0;
        for (var end = 0; end <= use.Options.Length; end++)
        {
            if (end < use.Options.Length && !ReferenceEquals(use.Options[end].Spec, Next))
            {
                continue;
            }
            WriteElement(use.Options.AsSpan()[first..end], writer);
            if (end < use.Options.Length)
            {
                writer.Option(Next.Name);
            }
            first = end + 1;
        }
    }

    private static void WriteElement(ReadOnlySpan<BoundOption> options, RuleTextWriter writer)
    {
        foreach (var spec in OfElement)
        {
            foreach (var option in options)
            {
                if (ReferenceEquals(option.Spec, spec))
                {
                    spec.Write(option.Value, option.IsNegated, writer);
                }
            }
        }
    }
}
