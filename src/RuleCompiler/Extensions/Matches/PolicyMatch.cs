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
    private const int MaxElements = 4; // XT_POLICY_MAX_ELEM

    private static readonly KeywordOption Direction = new("--dir", [("in", 0), ("out", 1)]) { IsCaseSensitive = true };
    private static readonly KeywordOption Policy = new("--pol", [("ipsec", 0), ("none", 1)]) { IsCaseSensitive = true };
    private static readonly FlagOption Strict = new("--strict");
    private static readonly NumberOption RequestId = new("--reqid", 0, uint.MaxValue) { IsNegatable = true, IsRepeatable = true };

    private static readonly NumberOption Index =
        new("--spi", 0, uint.MaxValue) { IsNegatable = true, IsRepeatable = true, HexDigits = 1 };

    private static readonly ProtocolOption Protocol = new("--proto")
    {
        IsNegatable = true,
        IsRepeatable = true,
        Only = [IpProtocol.Ah, IpProtocol.Esp, IpProtocol.IpComp],
    };

    private static readonly KeywordOption Mode =
        new("--mode", [("transport", 0), ("tunnel", 1)])
        {
            IsNegatable = true,
            IsRepeatable = true,
            IsCaseSensitive = true,
        };

    private static readonly HostAddressOption TunnelDestination = new("--tunnel-dst") { IsNegatable = true, IsRepeatable = true };
    private static readonly HostAddressOption TunnelSource = new("--tunnel-src") { IsNegatable = true, IsRepeatable = true };
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
        if (use.GetOr(Policy, 0ul) != 0)
        {
            if (use.Find(Strict) is { } strict)
            {
                checker.Report(use, strict, ExtensionDiagnostics.NotWith, Strict.Name, "'--pol none'");
            }
            return;
        }
        var elements = ElementsOf(use);
        foreach (var element in elements)
        {
            CheckElement(use, element, checker);
        }
        if (elements.Count > MaxElements)
        {
            checker.Report(use, ExtensionDiagnostics.OutOfProportion, Next.Name, $"given at most {MaxElements - 1} times");
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
        if (use.GetOr(Policy, 0ul) != 0)
        {
            return; // the kernel keeps no elements of it
        }
        var elements = ElementsOf(use);
        for (var index = 0; index < elements.Count; index++)
        {
            if (index > 0)
            {
                writer.Option(Next.Name);
            }
            WriteElement(elements[index], writer);
        }
    }

    /// <summary>The options of each element; <c>--next</c> stands between two.</summary>
    private static List<List<BoundOption>> ElementsOf(BoundExtension use)
    {
        var elements = new List<List<BoundOption>> { new() };
        foreach (var option in use.Options)
        {
            if (ReferenceEquals(option.Spec, Next))
            {
                elements.Add([]);
            }
            else if (OfElement.Contains(option.Spec))
            {
                elements[^1].Add(option);
            }
        }
        return elements;
    }

    private static void CheckElement(BoundExtension use, List<BoundOption> element, ExtensionChecker checker)
    {
        for (var index = 0; index < element.Count; index++)
        {
            var option = element[index];
            if (element.FindIndex(other => ReferenceEquals(other.Spec, option.Spec)) < index)
            {
                checker.Report(
                    use, option, ExtensionDiagnostics.NotWith, option.Spec.Name, $"another '{option.Spec.Name}' before '--next'");
            }
            else if (IsTunnelEnd(option.Spec) && !element.Exists(IsTunnelMode))
            {
                checker.Report(use, option, ExtensionDiagnostics.NeedsOther, option.Spec.Name, "--mode tunnel");
            }
        }
        if (element.Count == 0 && use.Has(Strict))
        {
            checker.Report(use, ExtensionDiagnostics.NeedsOneOf, Strict.Name, string.Join(", ", OfElement.Select(s => s.Name)));
        }
    }

    private static bool IsTunnelEnd(OptionSpec spec) => ReferenceEquals(spec, TunnelSource) || ReferenceEquals(spec, TunnelDestination);

    private static bool IsTunnelMode(BoundOption option) => ReferenceEquals(option.Spec, Mode) && option.Value is 1ul;

    private static void WriteElement(List<BoundOption> options, RuleTextWriter writer)
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
