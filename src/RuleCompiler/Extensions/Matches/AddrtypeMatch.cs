using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m addrtype</c>: what kind of address the packet's source or destination is to this host.</summary>
/// <remarks>
/// Source: net/netfilter/xt_addrtype.c, <c>addrtype_mt_v1</c>; iptables-extensions(8), addrtype. With
/// <c>--limit-iface-in</c> or <c>-out</c> an address is local only on that interface of the packet. A list of types
/// means any of them in IPv4; in IPv6 (<c>match_type6</c>) the address must be of each, but of the three that a route
/// look-up tells one is enough.
/// </remarks>
internal sealed class AddrtypeMatch : MatchExtension
{
    private const uint UnknownInIPv6 = (uint)(AddressType.Broadcast | AddressType.Blackhole | AddressType.Prohibit
        | AddressType.Throw | AddressType.Nat | AddressType.ExternalResolve);

    private const uint RoutedInIPv6 = (uint)(AddressType.Local | AddressType.Anycast | AddressType.Unreachable);

    private static readonly ImmutableArray<(string Word, uint Bits)> Types =
    [
        ("UNSPEC", (uint)AddressType.Unspecified),
        ("UNICAST", (uint)AddressType.Unicast),
        ("LOCAL", (uint)AddressType.Local),
        ("BROADCAST", (uint)AddressType.Broadcast),
        ("ANYCAST", (uint)AddressType.Anycast),
        ("MULTICAST", (uint)AddressType.Multicast),
        ("BLACKHOLE", (uint)AddressType.Blackhole),
        ("UNREACHABLE", (uint)AddressType.Unreachable),
        ("PROHIBIT", (uint)AddressType.Prohibit),
        ("THROW", (uint)AddressType.Throw),
        ("NAT", (uint)AddressType.Nat),
        ("XRESOLVE", (uint)AddressType.ExternalResolve),
    ];

    private static readonly AbbreviatedWordSetOption Source = new("--src-type", Types) { IsNegatable = true };
    private static readonly AbbreviatedWordSetOption Destination = new("--dst-type", Types) { IsNegatable = true };
    private static readonly FlagOption LimitIn = new("--limit-iface-in");
    private static readonly FlagOption LimitOut = new("--limit-iface-out");

    public override string Name => "addrtype";

    public override ImmutableArray<OptionSpec> Options { get; } = [Source, Destination, LimitIn, LimitOut];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[LimitIn, LimitOut]];

    public override HookSet HooksFor(BoundExtension use) =>
        use.Has(LimitIn) ? HookSet.Prerouting | HookSet.Input | HookSet.Forward
        : use.Has(LimitOut) ? HookSet.Forward | HookSet.Output | HookSet.Postrouting
        : HookSet.All;

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (!use.Has(Source) && !use.Has(Destination))
        {
            checker.Report(use, ExtensionDiagnostics.NeedsOneOf, Name, "--src-type, --dst-type");
        }
        if (use.Context.Family == Family.IPv6)
        {
            CheckIPv6(use, Source, checker);
            CheckIPv6(use, Destination, checker);
        }
    }

    public override Condition Lower(BoundMatch match) => Condition.AllOf(
        Test(
            match,
            Source,
            match.Has(LimitIn) ? PacketField.SourceAddressTypeOnIn
            : match.Has(LimitOut) ? PacketField.SourceAddressTypeOnOut
            : PacketField.SourceAddressType),
        Test(
            match,
            Destination,
            match.Has(LimitIn) ? PacketField.DestinationAddressTypeOnIn
            : match.Has(LimitOut) ? PacketField.DestinationAddressTypeOnOut
            : PacketField.DestinationAddressType));

    private static Condition Test(BoundMatch match, AbbreviatedWordSetOption spec, PacketField field)
    {
        if (!match.TryGet(spec, out var types))
        {
            return Condition.Always;
        }
        if (match.Context.Family == Family.IPv4)
        {
            return BoundMatch.Test(FieldSet.AnyBit(types), match.IsNegated(spec), field);
        }
        var condition = Condition.AllOf(
            [.. Types.Where(t => (t.Bits & types & ~RoutedInIPv6) != 0).Select(t => HasAny(t.Bits)), HasAny(types & RoutedInIPv6)]);
        return match.IsNegated(spec) ? Condition.Not(condition) : condition;

        Condition HasAny(uint bits) => bits == 0 ? Condition.Always : Condition.Field(field, FieldSet.AnyBit(bits));
    }

    private static void CheckIPv6(BoundExtension use, AbbreviatedWordSetOption spec, ExtensionChecker checker)
    {
        if (use.Find(spec) is { Value: uint types } option && (types & UnknownInIPv6) != 0)
        {
            var words = string.Join(", ", Types.Where(t => (t.Bits & types & UnknownInIPv6) != 0).Select(t => t.Word));
            checker.Report(use, option, ExtensionDiagnostics.NotInFamily, $"Address type {words}", "IPv6");
        }
    }
}
