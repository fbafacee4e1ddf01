using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>A packet on its way: what it is now, and every field as rules see it at this hook.</summary>
/// <remarks>
/// A field is computed when a rule first asks for it, and again only after something has changed it. The same
/// holds for its class (<see cref="FieldClassifier"/>), so that a row's test is mostly two comparisons. One object
/// serves many packets, one after the other.
/// </remarks>
internal sealed class PacketState(CompiledRuleset rules, Host host)
{
    private const int NoClass = -1;
    private readonly FieldStatus[] _status = new FieldStatus[PacketFieldInfo.Count];
    private readonly UInt128[] _values = new UInt128[PacketFieldInfo.Count];
    private readonly FieldKnowledge?[] _knowledge = new FieldKnowledge?[PacketFieldInfo.Count];
    private readonly int[] _classes = new int[PacketFieldInfo.Count];
    private Packet? _packet;
    private Endpoint? _trackedSource;
    private Endpoint? _trackedDestination;

    /// <summary>The packet as it entered.</summary>
    public Packet Packet => _packet ?? throw new InvalidOperationException();

    public Connection Connection { get; } = new();

    public Host Host => host;

    public Flavour Flavour => rules.Flavour;

    /// <summary>Whether conntrack runs.</summary>
    public bool IsTracking { get; } = rules.TracksConnectionsOn(host.Facts);

    /// <summary>Whether fragments are put together before rules see them.</summary>
    public bool GathersFragments { get; } = rules.GathersFragmentsOn(host.Facts);

    /// <summary>Addresses and ports as they are now.</summary>
    public Endpoint Source { get; private set; }

    /// <inheritdoc cref="Source"/>
    public Endpoint Destination { get; private set; }

    /// <summary>The source as conntrack knows it: SNPT, which changes the packet alone, does not tell it.</summary>
    public Endpoint TrackedSource => _trackedSource ?? Source;

    /// <summary>The destination as conntrack knows it, whatever DNPT has made of it.</summary>
    public Endpoint TrackedDestination => _trackedDestination ?? Destination;

    /// <summary>What is known of the source port where the kernel has picked one at random; else null.</summary>
    public FieldKnowledge? RandomSourcePort { get; private set; }

    /// <summary>The same for the destination.</summary>
    public FieldKnowledge? RandomDestinationPort { get; private set; }

    public MaskedNumber Mark { get; private set; }

    public byte Tos { get; private set; }

    public byte Ttl { get; private set; }

    /// <summary>The TCP header as rules have made it; null where it is as it came.</summary>
    public TcpHeader? Tcp { get; private set; }

    public Hook Hook { get; private set; }

    /// <summary>The interface that rules see as incoming at this hook; null for none.</summary>
    public string? InInterface { get; private set; }

    /// <summary>The interface that rules see as outgoing at this hook; null for none.</summary>
    public string? OutInterface { get; private set; }

    /// <summary>1, or 2 in the second half of a packet that loops back over <c>lo</c>.</summary>
    public int Pass { get; private set; }

    /// <summary>A frame is addressed as the packet was when it arrived; what this host sends counts as unicast.</summary>
    public FrameKind FrameKind
    {
        get
        {
            if (Packet.FrameKind is { } given)
            {
                return given;
            }
            var type = Packet.InInterface is null ? AddressType.Unicast : host.Routing.TypeOf(Packet.Destination.Address);
            return type.HasFlag(AddressType.Broadcast) ? FrameKind.Broadcast
                : type.HasFlag(AddressType.Multicast) ? FrameKind.Multicast
                : FrameKind.Unicast;
        }
    }

    /// <summary>The socket of this host to which TPROXY has given it; null where it has not.</summary>
    public HostSocket? Proxy { get; private set; }

    /// <summary>Whether a rule has put something into a set, or taken it out: what sets that rules change hold is not known then.</summary>
    public bool HasChangedSets { get; set; }

    /// <summary>
    /// The mark with which routing was asked last, bits that are not known as they were assumed: the route holds, whatever
    /// the mark becomes behind it.
    /// </summary>
    public uint RoutedMark { get; set; }

    /// <summary>Begins a packet's way.</summary>
    public void Start(Packet packet)
    {
        _packet = packet;
        Proxy = null;
        HasChangedSets = false;
        Source = packet.Source;
        Destination = packet.Destination;
        _trackedSource = _trackedDestination = null;
        RandomSourcePort = RandomDestinationPort = null;
        Mark = packet.Mark;
        Tos = packet.Tos;
        Ttl = packet.Ttl;
        Tcp = null;
        Pass = 1;
        InInterface = OutInterface = null;
        Connection.Start(packet);
        _status.AsSpan().Clear();
    }

    /// <summary>The packet has left by <c>lo</c> and comes in again: its owner is gone, its connection confirmed.</summary>
    public void LoopBack()
    {
        Pass = 2;
        Connection.LoopBack();
        Invalidate(PacketField.Uid, PacketField.HasSocket);
        InvalidateConnection();
    }

    /// <summary>Moves to a hook; only what hangs on it is asked anew.</summary>
    public void Enter(Hook hook, string? inInterface, string? outInterface)
    {
        Hook = hook;
        InInterface = inInterface;
        OutInterface = outInterface;
        Invalidate(PacketField.InInterface, PacketField.OutInterface);
        Invalidate(PacketField.SourceAddressTypeOnIn, PacketField.DestinationAddressTypeOnOut);
    }

    /// <summary>Conntrack has looked the packet up: rules see its state from here on.</summary>
    public void LookUpConnection()
    {
        if (Connection.IsZoneOfMark)
        {
            // The rule's template says only that it is (nf_conntrack_zones.h, nf_ct_zone_tmpl): raw may have changed it since.
            (Connection.Zone, Connection.IsZoneOfMark) = ((ushort)Mark.Value, false);
        }
        Connection.LookUp();
        InvalidateConnection();
    }

    /// <summary>Takes the packet out of tracking.</summary>
    public void Untrack()
    {
        Connection.Untrack();
        InvalidateConnection();
    }

    /// <summary>A CT target has said how conntrack is to look the packet up.</summary>
    public void PrepareTracking()
    {
        Connection.Prepare();
        InvalidateConnection();
    }

    public void SetMark(MaskedNumber mark)
    {
        Mark = mark;
        Invalidate(PacketField.Mark, PacketField.Mark);
        Invalidate(PacketField.MarkDifference, PacketField.MarkDifference);
    }

    public void SetConnectionMark(MaskedNumber mark)
    {
        Connection.Mark = mark;
        Invalidate(PacketField.ConnectionMark, PacketField.MarkDifference);
    }

    public void SetZone(ushort zone)
    {
        Connection.Zone = zone;
        Invalidate(PacketField.ConntrackZone, PacketField.ConntrackZone);
    }

    public void SetTos(byte tos)
    {
        Tos = tos;
        Invalidate(PacketField.Tos, PacketField.Tos);
    }

    public void SetTtl(byte ttl)
    {
        Ttl = ttl;
        Invalidate(PacketField.Ttl, PacketField.Ttl);
    }

    public void SetTcp(TcpHeader header)
    {
        Tcp = header;
        Invalidate(PacketField.TcpFlags, PacketField.MaximumSegmentSize);
        Invalidate(PacketField.Length, PacketField.Length);
    }

    /// <summary>Gives the packet to a socket, whatever its addresses say.</summary>
    public void SetProxy(HostSocket socket)
    {
        Proxy = socket;
        Invalidate(PacketField.ReceivingSocket, PacketField.ReceivingSocket);
    }

    /// <summary>Rewrites the source; <paramref name="randomPort"/> where its port is one of several.</summary>
    public void SetSource(Endpoint source, FieldKnowledge? randomPort = null)
    {
        Source = source;
        _trackedSource = null;
        RandomSourcePort = randomPort;
        Connection.Translate(isSource: true, new EndpointPair(TrackedSource, TrackedDestination));
        InvalidateAddresses();
    }

    /// <summary>Rewrites the destination; <paramref name="randomPort"/> where its port is one of several.</summary>
    public void SetDestination(Endpoint destination, FieldKnowledge? randomPort = null)
    {
        Destination = destination;
        _trackedDestination = null;
        RandomDestinationPort = randomPort;
        Connection.Translate(isSource: false, new EndpointPair(TrackedSource, TrackedDestination));
        InvalidateAddresses();
    }

    /// <summary>Rewrites an address without the connection's knowing of it.</summary>
    public void ReplaceAddress(bool isSource, IpAddress address)
    {
        if (isSource)
        {
            _trackedSource ??= Source;
            Source = Source with { Address = address };
        }
        else
        {
            _trackedDestination ??= Destination;
            Destination = Destination with { Address = address };
        }
        InvalidateAddresses();
    }

    /// <summary>Makes an end what the connection knows, where SNPT or DNPT have made it something else.</summary>
    public void RestoreTracked(bool isSource)
    {
        if (isSource && _trackedSource is { } source)
        {
            (Source, _trackedSource) = (source, null);
            InvalidateAddresses();
        }
        else if (!isSource && _trackedDestination is { } destination)
        {
            (Destination, _trackedDestination) = (destination, null);
            InvalidateAddresses();
        }
    }

    /// <summary>What is known of a field; its value, or knowledge, is then at hand.</summary>
    public FieldStatus Ask(PacketField field)
    {
        var status = _status[(int)field];
        return status == FieldStatus.Pending ? Compute(field) : status;
    }

    /// <summary>The value of a present field, which was asked for.</summary>
    public UInt128 Value(PacketField field) => _values[(int)field];

    /// <summary>What is known of an open field, which was asked for; null for one with several values.</summary>
    public FieldKnowledge? Knowledge(PacketField field) => _knowledge[(int)field];

    /// <summary>Narrows what is known of an open field.</summary>
    public void Learn(PacketField field, FieldKnowledge knowledge) => _knowledge[(int)field] = knowledge;

    /// <summary>The class of a present field, which was asked for and is classified.</summary>
    public int Class(PacketField field)
    {
        var found = _classes[(int)field];
        if (found == NoClass && rules.Classifiers[(int)field] is { } classifier)
        {
            _classes[(int)field] = found = classifier.Classify(_values[(int)field]);
        }
        return found;
    }

    private FieldStatus Compute(PacketField field)
    {
        var value = FieldReader.Read(this, field);
        _values[(int)field] = value.Value;
        _knowledge[(int)field] = value.Knowledge;
        _classes[(int)field] = NoClass;
        _status[(int)field] = value.Status;
        return value.Status;
    }

    private void InvalidateConnection() => Invalidate(PacketField.ConnectionMark, PacketField.ConntrackZone);

    private void InvalidateAddresses()
    {
        Invalidate(PacketField.Source, PacketField.DestinationPort);
        Invalidate(PacketField.SourceIsOfFrame, PacketField.SourceIsOfFrame);
        Invalidate(PacketField.SourceAddressType, PacketField.ReceivingSocket);
        Invalidate(PacketField.ConntrackStatus, PacketField.ReplyDestinationPort);
    }

    private void Invalidate(PacketField first, PacketField last) =>
        _status.AsSpan((int)first, last - first + 1).Clear();
}
