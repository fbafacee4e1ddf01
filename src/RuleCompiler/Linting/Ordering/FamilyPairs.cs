using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Packets of IPv4 and IPv6 that are alike but for their addresses, which no rule names.</summary>
/// <remarks>
/// The rules of both families, without addresses, are laid over each other in one packet space. Each part that goes one way
/// by both gives a packet of each family, and evaluation by the rules as they are says what becomes of them. ICMP is left
/// out, since its types differ.
/// </remarks>
internal sealed class FamilyPairs
{
    private const int MostPairs = 2000;

    private readonly JourneyWalker _walker;
    private readonly JourneyWalker _otherWalker;
    private readonly List<ulong[]> _space;
    private readonly WitnessPicker _picker;
    private readonly (IpAddress Own, IpAddress Remote, IpAddress Beyond)? _addresses;
    private readonly (IpAddress Own, IpAddress Remote, IpAddress Beyond)? _otherAddresses;

    /// <param name="context">The rules of IPv4.</param>
    /// <param name="other">Those of IPv6.</param>
    public FamilyPairs(LintContext context, LintContext other)
    {
        Other = other;
        Probe = new PacketProbe(context, context.Tables);
        OtherProbe = new PacketProbe(other, other.Tables);
        var (rules, otherRules) = (context.Tables.WithoutAddresses(), other.Tables.WithoutAddresses());
        var wanted = Condition.Field(
            PacketField.Protocol,
            FieldSet.Union([new(IpProtocol.Icmp, IpProtocol.Icmp), new(IpProtocol.IcmpV6, IpProtocol.IcmpV6)]).Complement(byte.MaxValue));
        var layout = JourneyWalker.LayoutOf([rules, otherRules], [], [wanted]);
        var space = new JourneySpace(layout, hasFragments: false);
        var unknowns = new UnknownTable();
        var budget = new StepBudget(context.Options.StepsPerRule, context.Cancellation);
        _walker = new JourneyWalker(new SpaceRuleset(rules, layout, unknowns), space, context.Host, budget);
        _otherWalker = new JourneyWalker(new SpaceRuleset(otherRules, layout, unknowns), space, context.Host, budget);
        _space = space.Limit(wanted) ?? throw new InvalidOperationException();
        _picker = new WitnessPicker(layout, context.Host);
        _addresses = AddressesOf(context);
        _otherAddresses = AddressesOf(other);
    }

    public LintContext Other { get; }

    public PacketProbe Probe { get; }

    public PacketProbe OtherProbe { get; }

    /// <summary>What becomes of packets that are alike, where it is not the same, whatever the unknowns.</summary>
    /// <exception cref="OutOfStepsException">There are too many.</exception>
    public IEnumerable<(Trace Trace, Trace Other)> Differing()
    {
        if (_addresses is not { } addresses || _otherAddresses is not { } otherAddresses)
        {
            yield break;
        }
        var count = 0;
        foreach (var box in _space)
        {
            foreach (var cell in _walker.Run([.. box]))
            {
                foreach (var common in _otherWalker.Run([.. cell.Box], cell.Assumed))
                {
                    if (++count > MostPairs)
                    {
                        throw new OutOfStepsException();
                    }
                    var packet = _picker.Pick(common.Box, 0);
                    if (Always(Probe, WithAddresses(packet, addresses)) is { } one && Always(OtherProbe, WithAddresses(packet, otherAddresses)) is { } other
                        && Outcome(one) != Outcome(other))
                    {
                        yield return (one, other);
                    }
                }
            }
        }
    }

    /// <summary>Where a packet was led instead of where it wanted to go; null where it was not.</summary>
    public static string? LedTo(Trace trace) => trace.Rewrites.FirstOrDefault(rewrite => rewrite.Destination is not null) is { } rewrite
        ? $"{rewrite.Kind} {rewrite.Destination?.Port}" : null;

    /// <summary>Whether a step leads a packet elsewhere.</summary>
    public static bool Leads(TraceStep step) => step.Action is "redirect" or "dnat" or "netmap" or "tproxy";

    /// <summary>What becomes of a packet, in words.</summary>
    public static string TextOf(Trace trace) => trace.Verdict switch
    {
        Verdict.Drop => "dropped",
        Verdict.Reject => "rejected",
        Verdict.Queue => "queued",
        _ => LedTo(trace) is not null && trace.Rewrites.First(rewrite => rewrite.Destination is not null) is { Destination: { } to }
            ? $"sent to {to}" : "accepted as they are",
    };

    private static string Outcome(Trace trace) => $"{trace.Verdict} {LedTo(trace)}";

    private static Trace? Always(PacketProbe probe, Packet packet)
    {
        var traces = probe.Trace(packet);
        return traces is [{ Lost: null } first, ..] && traces.All(trace => Outcome(trace) == Outcome(first)) ? first : null;
    }

    private static Packet WithAddresses(Packet packet, (IpAddress Own, IpAddress Remote, IpAddress Beyond) addresses)
    {
        var isArriving = packet.InInterface is not null;
        var isForHere = packet.OutInterface == (isArriving ? null : HostInterface.Loopback.Name);
        return packet with
        {
            Source = packet.Source with { Address = isArriving ? addresses.Remote : addresses.Own },
            Destination = packet.Destination with { Address = isForHere ? addresses.Own : addresses.Beyond },
            OutInterface = isArriving && isForHere ? null : packet.OutInterface,
        };
    }

    /// <summary>Addresses of the host and of two others that no rule names; null where there are none.</summary>
    private static (IpAddress Own, IpAddress Remote, IpAddress Beyond)? AddressesOf(LintContext context)
    {
        var samples = FieldSamples.Of(context.Tables, Enumerable.Range(0, context.Tables.Tables.Length));
        var host = new HostView(context.Host, context.Family);
        var own = host.Devices.Select(device => device.Address).Where(IsUnnamed).ToList();
        IpAddress[] others =
        [
            host.Remote, host.Address("203.0.113.77", "2a00:77::9"), host.Address("198.51.100.77", "2600:77::9"),
            host.Address("192.0.2.77", "fd77:77::9"),
        ];
        return own.Count > 0 && others.Where(IsUnnamed).ToList() is [var remote, var beyond, ..] ? (own[0], remote, beyond) : null;

        bool IsUnnamed(IpAddress address) =>
            !samples.IsNamed(PacketField.Source, address.Value) && !samples.IsNamed(PacketField.Destination, address.Value);
    }
}
