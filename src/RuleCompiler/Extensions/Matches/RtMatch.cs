using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m rt</c>: the routing header of an IPv6 packet; what is in it no packet tells.</summary>
/// <remarks>Source: net/ipv6/netfilter/ip6t_rt.c, <c>rt_mt6</c>; extensions/libip6t_rt.c.</remarks>
internal sealed class RtMatch : MatchExtension
{
    private const int MaxAddresses = 16; // IP6T_RT_HOPS

    private static readonly NumberOption Type = new("--rt-type", 0, uint.MaxValue) { IsNegatable = true };

    private static readonly NumberRangeOption SegmentsLeft = new("--rt-segsleft", 0, uint.MaxValue)
    {
        Separator = ':',
        HasOpenEnds = true,
        OmitsFullRange = true,
        IsNegatable = true,
    };

    private static readonly NumberOption Length = new("--rt-len", 0, uint.MaxValue) { IsNegatable = true };
    private static readonly FlagOption Reserved = new("--rt-0-res");
    private static readonly HostListOption Addresses = new("--rt-0-addrs", MaxAddresses);
    private static readonly FlagOption NotStrict = new("--rt-0-not-strict");

    public override string Name => "rt";

    public override Family? OnlyFamily => Family.IPv6;

    public override ImmutableArray<OptionSpec> Options { get; } = [Type, SegmentsLeft, Length, Reserved, Addresses, NotStrict];

    /// <summary>What is of type 0 alone must stand behind <c>--rt-type 0</c>.</summary>
    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        var (isTypeZero, hasAddresses) = (false, false);
        foreach (var option in use.Options)
        {
            isTypeZero |= ReferenceEquals(option.Spec, Type) && option is { IsNegated: false, Value: 0ul };
            if (ReferenceEquals(option.Spec, NotStrict) && !hasAddresses)
            {
                checker.Report(use, option, ExtensionDiagnostics.NeedsOther, NotStrict.Name, Addresses.Name);
            }
            else if ((ReferenceEquals(option.Spec, Reserved) || ReferenceEquals(option.Spec, Addresses)) && !isTypeZero)
            {
                checker.Report(use, option, ExtensionDiagnostics.NeedsOther, option.Spec.Name, $"{Type.Name} 0");
            }
            hasAddresses |= ReferenceEquals(option.Spec, Addresses);
        }
    }

    public override Condition Lower(BoundMatch match) => Condition.AllOf(
        HeaderConditions.Has(ExtensionHeaders.Routing), match.Options.IsEmpty ? Condition.Always : match.Unknown(isStateful: false));
}
