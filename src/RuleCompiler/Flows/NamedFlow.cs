using System.Collections.Immutable;
using RuleCompiler.Diffing;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>The packets of one of a sidecar's six flows, as <see cref="FlowNaming.FlowOf"/> names them, as conditions for all packets at once.</summary>
/// <param name="flow">1 to 6.</param>
/// <param name="family">The family of the packets.</param>
/// <param name="profile">The mesh.</param>
/// <param name="own">The host's addresses, loopback ones aside.</param>
internal sealed class NamedFlow(int flow, Family family, MeshProfile profile, IEnumerable<IpAddress> own) : IPacketKind
{
    private readonly Condition _isLoopback = Condition.Field(
        PacketField.Destination, family == Family.IPv4 ? FieldSet.Range(0x7F000000u, 0x7FFFFFFFu) : FieldSet.Of(1));

    private readonly Condition _isOwn = Condition.Field(
        PacketField.Destination,
        FieldSet.Union(
        [
            .. own.Where(address => address.Family == family).Select(address => new Interval(address.Value, address.Value)),
            family == Family.IPv4 ? new Interval(0x7F000000u, 0x7FFFFFFFu) : new Interval(1, 1),
        ]));

    /// <summary>The proxy calls the application from an address of its own.</summary>
    private readonly Condition _isPassedOn = profile.PassthroughSource(family) is { } source
        ? Condition.Field(PacketField.Source, FieldSet.Of(source.Value)) : Condition.Never;

    public ImmutableArray<ushort> Ports { get; } = [.. new[] { profile.InboundPort, profile.OutboundPort }.Distinct()];

    private Condition IsProxy => Condition.AnyOf(
        _isPassedOn,
        profile.ProxyMark is { } mark ? Condition.Field(PacketField.Mark, FieldSet.Masked(mark, uint.MaxValue, 32)) : Condition.Never,
        OneOf(PacketField.Uid, profile.ProxyUids),
        OneOf(PacketField.Gid, profile.ProxyGids));

    public Condition ConditionOf(bool isSent, ushort? capture) => Condition.AllOf(
        Condition.Field(PacketField.Protocol, FieldSet.Of(IpProtocol.Tcp)), isSent ? Sent(capture) : Arriving(capture));

    private static Condition OneOf(PacketField field, IEnumerable<uint> values) =>
        Condition.Field(field, FieldSet.Union(values.Select(value => new Interval(value, value))));

    private static Condition If(bool holds) => holds ? Condition.Always : Condition.Never;

    private Condition Arriving(ushort? capture) => flow switch
    {
        1 => If(capture == profile.InboundPort),
        3 when capture is null => Condition.AllOf(OneOf(PacketField.DestinationPort, profile.ServedPorts.Select(port => (uint)port)), _isOwn),
        _ => Condition.Never,
    };

    private Condition Sent(ushort? capture)
    {
        var isToOwn = capture == profile.InboundPort ? Condition.Always : _isOwn;
        var isControl = OneOf(PacketField.DestinationPort, [profile.ControlPlanePort]);
        var isFromProxy = Condition.AllOf(IsProxy, Condition.Not(_isPassedOn));
        var isOut = Condition.AllOf(isFromProxy, Condition.Not(_isLoopback), Condition.Not(isToOwn));
        var isFromOthers = Condition.Not(IsProxy);
        return flow switch
        {
            1 => _isPassedOn,
            2 => Condition.AnyOf(
                Condition.AllOf(If(capture == profile.OutboundPort), isFromOthers), Condition.AllOf(isOut, Condition.Not(isControl))),
            4 => Condition.AnyOf(
                Condition.AllOf(If(capture is null), isFromOthers, _isOwn),
                Condition.AllOf(isFromProxy, Condition.Not(_isLoopback), isToOwn)),
            5 => Condition.AllOf(isFromProxy, _isLoopback),
            6 => Condition.AllOf(isOut, isControl),
            _ => Condition.Never,
        };
    }
}
