using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m conntrack</c>: state, addresses, ports and status of the packet's connection.</summary>
/// <remarks>
/// Source: net/netfilter/xt_conntrack.c, <c>conntrack_mt</c>, revision 3; iptables-extensions(8), conntrack. Only
/// <c>--ctstate</c> has an answer for a packet without a connection (INVALID, UNTRACKED): where it holds, the other
/// tests are not even looked at; without it they fail, negated or not.
/// </remarks>
internal sealed class ConntrackMatch : MatchExtension
{
    private static readonly AbbreviatedWordSetOption State = new("--ctstate", StateTest.StatesAndNat) { IsNegatable = true };
    private static readonly ProtocolNumberOption Protocol = new("--ctproto") { IsNegatable = true, RefusesZero = true };
    private static readonly HostAddressOption OriginalSource = new("--ctorigsrc") { IsNegatable = true };
    private static readonly HostAddressOption OriginalDestination = new("--ctorigdst") { IsNegatable = true };
    private static readonly HostAddressOption ReplySource = new("--ctreplsrc") { IsNegatable = true };
    private static readonly HostAddressOption ReplyDestination = new("--ctrepldst") { IsNegatable = true };
    private static readonly PortRangeOption OriginalSourcePort = Port("--ctorigsrcport");
    private static readonly PortRangeOption OriginalDestinationPort = Port("--ctorigdstport");
    private static readonly PortRangeOption ReplySourcePort = Port("--ctreplsrcport");
    private static readonly PortRangeOption ReplyDestinationPort = Port("--ctrepldstport");

    private static readonly AbbreviatedWordSetOption Status = new(
        "--ctstatus",
        [
            ("NONE", 0),
            ("EXPECTED", (uint)ConntrackStatus.Expected),
            ("SEEN_REPLY", (uint)ConntrackStatus.SeenReply),
            ("ASSURED", (uint)ConntrackStatus.Assured),
            ("CONFIRMED", (uint)ConntrackStatus.Confirmed),
        ])
    {
        IsNegatable = true,
    };

    private static readonly NumberRangeOption Expiry = new("--ctexpire", 0, uint.MaxValue)
    {
        Separator = ':',
        HasOpenEnds = true,
        IsNegatable = true,
    };

    private static readonly KeywordOption Direction = new("--ctdir", [("ORIGINAL", 0), ("REPLY", 1)]);

    private static readonly Condition HasEntry = Condition.Field(PacketField.ConntrackDirection, FieldSet.Present);

    public override string Name => "conntrack";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } =
    [
        State, Protocol, OriginalSource, OriginalDestination, ReplySource, ReplyDestination, OriginalSourcePort,
        OriginalDestinationPort, ReplySourcePort, ReplyDestinationPort, Status, Expiry, Direction,
    ];

    public override Condition Lower(BoundMatch match)
    {
        if (!match.TryGet(State, out var bits))
        {
            return LowerEntry(match);
        }
        var isNegated = match.IsNegated(State);
        var state = StateTest.Lower(bits, isNegated);
        if (match.Options.Length == 1)
        {
            return state;
        }
        var entry = LowerEntry(match);
        return Condition.AllOf(
            state,
            StateTest.AdmitsPacketWithoutEntry(bits, isNegated) ? Condition.AnyOf(StateTest.HasNoEntry, entry) : entry);
    }

    /// <summary>All tests but that of the state.</summary>
    private static Condition LowerEntry(BoundMatch match) => Condition.AllOf(
        match.Test(Protocol, PacketField.ConntrackProtocol),
        match.Test(OriginalSource, PacketField.OriginalSource),
        match.Test(OriginalDestination, PacketField.OriginalDestination),
        match.Test(ReplySource, PacketField.ReplySource),
        match.Test(ReplyDestination, PacketField.ReplyDestination),
        match.Test(OriginalSourcePort, PacketField.OriginalSourcePort),
        match.Test(OriginalDestinationPort, PacketField.OriginalDestinationPort),
        match.Test(ReplySourcePort, PacketField.ReplySourcePort),
        match.Test(ReplyDestinationPort, PacketField.ReplyDestinationPort),
        match.TryGet(Status, out var status)
            ? BoundMatch.Test(
                status == 0 ? FieldSet.Empty : FieldSet.AnyBit(status), match.IsNegated(Status), PacketField.ConntrackStatus)
            : Condition.Always,
        match.Has(Expiry) ? Condition.AllOf(HasEntry, match.Unknown(isStateful: true)) : Condition.Always,
        match.TryGet(Direction, out var direction)
            ? Condition.Field(PacketField.ConntrackDirection, FieldSet.Of(direction))
            : Condition.Always);

    private static PortRangeOption Port(string name) => new(name) { IsNegatable = true, PrintsFullRange = true, IsResolved = true };
}
