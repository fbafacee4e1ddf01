using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary>The tests that every rule can make without <c>-m</c>: addresses, interfaces, protocol, fragment.</summary>
/// <remarks>
/// Source: net/ipv4/netfilter/ip_tables.c, <c>ip_packet_match</c>; net/ipv6/netfilter/ip6_tables.c;
/// iptables(8), PARAMETERS. An interface that the hook lacks compares as the empty name.
/// </remarks>
internal sealed class IpMatch : MatchExtension
{
    public static readonly AddressOption Source = new("-s") { Aliases = ["--source", "--src"], IsNegatable = true };

    public static readonly AddressOption Destination = new("-d") { Aliases = ["--destination", "--dst"], IsNegatable = true };

    public static readonly InterfaceOption InInterface = Interface("-i", "--in-interface");

    public static readonly InterfaceOption OutInterface = Interface("-o", "--out-interface");

    public static readonly ProtocolOption Protocol = new("-p") { Aliases = ["--protocol"], IsNegatable = true };

    public static readonly FlagOption Fragment = new("-f") { Aliases = ["--fragment"], IsNegatable = true };

    private static readonly FieldSet LaterFragment = FieldSet.Of(1);

    public override string Name => "ip";

    public override ImmutableArray<OptionSpec> Options { get; } =
        [Source, Destination, InInterface, OutInterface, Protocol, Fragment];

    public override Condition Lower(BoundMatch match) => Condition.AllOf(
        Test(match, Source, PacketField.Source),
        Test(match, Destination, PacketField.Destination),
        Test(match, InInterface, PacketField.InInterface),
        Test(match, OutInterface, PacketField.OutInterface),
        Test(match, Protocol, PacketField.Protocol),
        match.Has(Fragment)
            ? BoundMatch.Test(LaterFragment, match.IsNegated(Fragment), PacketField.IsLaterFragment)
            : Condition.Always);

    /// <summary>
    /// What matches everything (<c>/0</c>, <c>-i +</c>, <c>-p all</c>) vanishes, as in iptables-save; the legacy tool
    /// loses <c>! -i +</c> too.
    /// </summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        foreach (var spec in Options)
        {
            if (use.Find(spec) is { } option && !Vanishes(option, use.Context.Flavour))
            {
                spec.Write(option.Value, option.IsNegated, writer);
            }
        }
    }

    /// <summary>Interfaces that a base chain's hook never has are refused there; in user chains they only never match.</summary>
    public static bool IsRefusedAt(BoundMatch match, Hook hook, out BoundOption option)
    {
        var spec = hook switch
        {
            Hook.Output or Hook.Postrouting => InInterface,
            Hook.Prerouting or Hook.Input => OutInterface,
            _ => null,
        };
        option = default;
        if (spec is null || match.Find(spec) is not { } found)
        {
            return false;
        }
        option = found;
        return true;
    }

    private static Condition Test<T>(BoundMatch match, OptionSpec<T> spec, PacketField field)
        where T : notnull, IFieldValue =>
        match.Find(spec) is not { } option ? Condition.Always
        : MatchesEverything(option.Value) ? (option.IsNegated ? Condition.Never : Condition.Always)
        : BoundMatch.Test(((T)option.Value).ToFieldSet(), option.IsNegated, field);

    private static bool Vanishes(BoundOption option, Flavour flavour) =>
        MatchesEverything(option.Value)
        && (!option.IsNegated || (flavour == Flavour.Legacy && option.Value is InterfaceOption.Pattern));

    private static bool MatchesEverything(object value) => value switch
    {
        AddressMask address => address.IsAny,
        InterfaceOption.Pattern pattern => pattern.IsAny,
        ProtocolOption.Number number => number.IsAny,
        _ => false,
    };

    private static InterfaceOption Interface(string name, string alias) =>
        new(name) { Aliases = [alias], IsNegatable = true, RefusesEmpty = true };
}
