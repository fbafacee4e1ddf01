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
    public static IReadOnlyList<SmallPacket> At(Hook hook, SmallFields fields)
    {
        IReadOnlyList<string?> arrivals = Values<string?>(fields, SmallFields.In, SmallWorld.Interfaces, "eth0");
        IReadOnlyList<string?> departures = SmallWorld.HasOut(hook) ? Values<string?>(fields, SmallFields.Out, SmallWorld.Interfaces, "eth0") : [null];
        return
        [
            .. SmallWorld.HasIn(hook) || hook == Hook.Postrouting ? Combine(hook, fields, arrivals, departures, [null]) : [],
            .. SmallWorld.HasIn(hook) ? [] : Combine(hook, fields, [null], departures, Owners(fields)),
        ];
    }

    /// <summary>Those that a rule could be asked about anywhere.</summary>
    public static IEnumerable<SmallPacket> Anywhere(SmallFields fields) =>
        NetfilterNames.Hooks.SelectMany(hook => At(hook, fields));

    /// <summary>A packet with each interface there is, and with none.</summary>
    public static IEnumerable<SmallPacket> WithAnyInterface(SmallPacket packet) =>
        from arrival in SmallWorld.Interfaces.Prepend(null)
        from departure in SmallWorld.Interfaces.Prepend(null)
        select packet with { In = arrival, Out = departure };

    /// <summary>How many there are at one hook, at most.</summary>
    public static int Count(SmallFields fields)
    {
        int Of<T>(SmallFields field, IReadOnlyList<T> all) => fields.HasFlag(field) ? all.Count : 1;
        var ports = Of(SmallFields.SourcePort, SmallWorld.Ports) * Of(SmallFields.DestinationPort, SmallWorld.Ports);
        var tcp = ports * Of(SmallFields.Flags, SmallWorld.Flags);
        var headers = fields.HasFlag(SmallFields.Protocol) ? tcp + ports + Of(SmallFields.IcmpType, SmallWorld.IcmpTypes) + 1 : tcp;
        return headers
            * Of(SmallFields.Source, SmallWorld.Addresses) * Of(SmallFields.Destination, SmallWorld.Addresses)
            * Of(SmallFields.In, SmallWorld.Interfaces) * Of(SmallFields.Out, SmallWorld.Interfaces) * Owners(fields).Count
            * Of(SmallFields.State, SmallWorld.States) * Of(SmallFields.Mark, SmallWorld.Marks) * Of(SmallFields.ConnectionMark, SmallWorld.Marks);
    }

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
           from flags in protocol == IpProtocol.Tcp ? Values(fields, SmallFields.Flags, SmallWorld.Flags, SmallFlags.Syn) : [SmallFlags.Syn]
           from icmp in protocol == IpProtocol.Icmp ? Values(fields, SmallFields.IcmpType, SmallWorld.IcmpTypes, ((byte)8, (byte)0)) : [default]
           from arrival in arrivals
           from departure in departures
           from owner in owners
           from mark in Values(fields, SmallFields.Mark, SmallWorld.Marks, 0u)
           from state in Values(fields, SmallFields.State, SmallWorld.States, ConntrackState.New)
           from connectionMark in Values(fields, SmallFields.ConnectionMark, SmallWorld.Marks, 0u)
           select new SmallPacket
           {
               Hook = hook,
               Protocol = protocol,
               Source = source,
               Destination = destination,
               SourcePort = sourcePort,
               DestinationPort = destinationPort,
               Flags = flags,
               Icmp = icmp,
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
