using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>All packets of the small domain that a dump could tell apart.</summary>
internal static class SmallPackets
{
    private static readonly SmallOwner NoSocket = new(false, null, null);
    private static readonly SmallOwner KernelSocket = new(true, null, null);

    /// <summary>Those that can enter a hook.</summary>
    /// <param name="hook">Where they are.</param>
    /// <param name="fields">What they differ in; of other fields each has the same value.</param>
    public static IReadOnlyList<SmallPacket> At(Hook hook, SmallFields fields) => Combine(
        hook,
        fields,
        SmallWorld.HasIn(hook) ? Values<string?>(fields, SmallFields.In, SmallWorld.Interfaces, "eth0") : [null],
        SmallWorld.HasOut(hook) ? Values<string?>(fields, SmallFields.Out, SmallWorld.Interfaces, "eth0") : [null],
        SmallWorld.HasOwner(hook) ? Owners(fields) : [null]);

    /// <summary>Those that a rule could be asked about anywhere: every interface and owner, and the lack of them.</summary>
    public static IReadOnlyList<SmallPacket> Anywhere(SmallFields fields) => Combine(
        Hook.Forward,
        fields,
        [null, .. SmallWorld.Interfaces.Where(_ => fields.HasFlag(SmallFields.In))],
        [null, .. SmallWorld.Interfaces.Where(_ => fields.HasFlag(SmallFields.Out))],
        [null, .. Owners(fields)]);

    /// <summary>How many there are at one hook, at most.</summary>
    public static int Count(SmallFields fields) => Combine(
        Hook.Forward,
        fields,
        Values<string?>(fields, SmallFields.In, SmallWorld.Interfaces, "eth0"),
        Values<string?>(fields, SmallFields.Out, SmallWorld.Interfaces, "eth0"),
        Owners(fields)).Count;

    private static List<SmallPacket> Combine(
        Hook hook,
        SmallFields fields,
        IReadOnlyList<string?> arrivals,
        IReadOnlyList<string?> departures,
        IReadOnlyList<SmallOwner?> owners) =>
    [
        .. from protocol in Values(fields, SmallFields.Protocol, SmallWorld.Protocols, IpProtocol.Tcp)
           let hasPorts = protocol is IpProtocol.Tcp or IpProtocol.Udp
           from source in Values(fields, SmallFields.Source, SmallWorld.Addresses, SmallWorld.First)
           from destination in Values(fields, SmallFields.Destination, SmallWorld.Addresses, SmallWorld.Second)
           from sourcePort in hasPorts ? Values(fields, SmallFields.SourcePort, SmallWorld.Ports, (ushort)82) : [(ushort)0]
           from destinationPort in hasPorts ? Values(fields, SmallFields.DestinationPort, SmallWorld.Ports, (ushort)82) : [(ushort)0]
           from isSyn in protocol == IpProtocol.Tcp ? Values(fields, SmallFields.Flags, [true, false], true) : [true]
           from type in protocol == IpProtocol.Icmp ? Values(fields, SmallFields.IcmpType, SmallWorld.IcmpTypes, (byte)8) : [(byte)0]
           from arrival in arrivals
           from departure in departures
           from owner in owners
           from mark in Values(fields, SmallFields.Mark, SmallWorld.Marks, 0u)
           from state in Values(fields, SmallFields.State, SmallWorld.States, ConntrackState.New)
           from connectionMark in Values(fields, SmallFields.ConnectionMark, [0u, 1u, 2u, 5u], 0u)
           select new SmallPacket
           {
               Hook = hook,
               Protocol = protocol,
               Source = source,
               Destination = destination,
               SourcePort = sourcePort,
               DestinationPort = destinationPort,
               IsSyn = isSyn,
               IcmpType = type,
               In = arrival,
               Out = departure,
               Owner = owner,
               Mark = mark,
               State = state,
               ConnectionMark = connectionMark,
           },
    ];

    private static IReadOnlyList<SmallOwner?> Owners(SmallFields fields) =>
        (fields & (SmallFields.Uid | SmallFields.Gid)) == 0 ? [NoSocket]
        :
        [
            NoSocket,
            KernelSocket,
            .. from uid in Values(fields, SmallFields.Uid, SmallWorld.Uids, 5u)
               from gid in Values(fields, SmallFields.Gid, SmallWorld.Gids, 9u)
               select new SmallOwner(true, uid, gid),
        ];

    private static IReadOnlyList<T> Values<T>(SmallFields fields, SmallFields field, IReadOnlyList<T> all, T usual) =>
        fields.HasFlag(field) ? all : [usual];
}
