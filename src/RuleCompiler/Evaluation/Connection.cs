using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>What connection tracking holds of the packet's connection, as one packet meets it.</summary>
/// <remarks>
/// Source: net/netfilter/nf_conntrack_core.c, <c>nf_conntrack_in</c>, which runs between raw and mangle at PREROUTING
/// and OUTPUT; net/netfilter/nf_nat_core.c, <c>nf_nat_inet_fn</c>.
/// </remarks>
internal sealed class Connection
{
    private bool _isLookedUp;
    private ConntrackState _state;
    private bool _isIcmpError;
    private MaskedNumber _mark;
    private MaskedNumber _templateMark;
    private Packet? _packet;

    /// <summary>What a translation here has made of the answer's endpoints; null before one.</summary>
    private EndpointPair? _translatedReply;

    /// <summary>Whether the connection's source translation is decided, be it to none.</summary>
    public bool IsSourceDecided { get; set; }

    /// <summary>Whether its destination translation is.</summary>
    public bool IsDestinationDecided { get; set; }

    public MaskedNumber Mark
    {
        get => IsTemplate ? _templateMark : _mark;
        set
        {
            if (IsTemplate)
            {
                _templateMark = value;
            }
            else
            {
                _mark = value;
            }
        }
    }

    public ushort Zone { get; set; }

    /// <summary>Whether the zone is the mark that the packet has where conntrack looks it up.</summary>
    public bool IsZoneOfMark { get; set; }

    public bool IsReply { get; private set; }

    /// <summary>The first packet's endpoints; null where the packet does not tell them.</summary>
    public EndpointPair? Original => _packet is not { } packet ? null
        : packet.Original ?? (_isIcmpError ? null : packet.IsReply ? Reverse(packet.Translation ?? Own(packet)) : Own(packet));

    /// <summary>The answer's endpoints; null likewise.</summary>
    public EndpointPair? Reply => _translatedReply ?? (_packet is not { } packet ? null
        : packet.Reply ?? (_isIcmpError ? null : packet.IsReply ? Own(packet) : Reverse(packet.Translation ?? Own(packet))));

    /// <summary>Status bits, as far as they are known.</summary>
    public MaskedNumber Status { get; private set; }

    /// <summary>Protocol of the connection; null for an ICMP error, which belongs to one of any protocol.</summary>
    public byte? Protocol { get; private set; }

    /// <summary>Whether the direction is known.</summary>
    public bool IsDirectionKnown { get; private set; }

    /// <summary>What rules see: before conntrack has looked, everything is invalid but what raw has spoken to.</summary>
    public ConntrackState State => IsTemplate ? ConntrackTemplate.State
        : _state == ConntrackState.Untracked || _isLookedUp ? _state
        : ConntrackState.Invalid;

    /// <summary>Whether rules see a CT rule's template (<see cref="ConntrackTemplate"/>), not the packet's own connection.</summary>
    public bool IsTemplate { get; private set; }

    /// <summary>Whether there is an entry that conntrack tests can look at.</summary>
    public bool HasEntry => State is ConntrackState.New or ConntrackState.Established or ConntrackState.Related;

    /// <summary>Whether CT and NOTRACK still decide: what has an entry or was decided on before keeps it (net/netfilter/xt_CT.c).</summary>
    public bool IsUndecided => !HasEntry && _state != ConntrackState.Untracked;

    /// <summary>Whether nat chains are asked: for the first packet of a connection, and of a related one.</summary>
    public bool IsTranslatable =>
        State == ConntrackState.New || (State == ConntrackState.Related && !_isIcmpError);

    public void Start(Packet packet)
    {
        _isLookedUp = IsTemplate = IsZoneOfMark = false;
        _state = packet.State;
        _isIcmpError = packet.State == ConntrackState.Related && packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6;
        _mark = packet.ConnectionMark;
        Zone = packet.Zone;
        IsReply = packet.IsReply;
        IsSourceDecided = IsDestinationDecided = false;
        IsDirectionKnown = !_isIcmpError || packet.IsReply || packet.GivenClauses.Contains(PacketClause.Dir);
        Protocol = packet.ConnectionProtocol ?? (_isIcmpError ? null : packet.Protocol);
        Status = InitialStatus(packet);
        _packet = packet;
        _translatedReply = null;
    }

    /// <summary>Conntrack has looked the packet up.</summary>
    public void LookUp()
    {
        _isLookedUp = true;
        IsTemplate = false;
    }

    /// <summary>
    /// The packet has passed all of POSTROUTING and comes in again: its connection is in the table from now on; one that
    /// has none is looked up anew.
    /// </summary>
    public void LoopBack()
    {
        const uint Bit = (uint)ConntrackStatus.Confirmed;
        _isLookedUp = HasEntry;
        Status = new MaskedNumber(Status.Value | Bit, Status.Mask | Bit);
    }

    /// <summary>Takes the packet out of tracking.</summary>
    public void Untrack() => _state = ConntrackState.Untracked;

    /// <summary>A CT target has said how conntrack is to look the packet up.</summary>
    public void Prepare()
    {
        IsTemplate = true;
        _templateMark = MaskedNumber.Exact(0);
    }

    /// <summary>A translation has truly changed the packet, which now has these endpoints.</summary>
    public void Translate(bool isSource, EndpointPair current)
    {
        _translatedReply = Reverse(current);
        var bit = (uint)(isSource ? ConntrackStatus.SourceNat : ConntrackStatus.DestinationNat);
        Status = new MaskedNumber(Status.Value | bit, Status.Mask | bit);
    }

    /// <summary>Whether NAT has changed this end of the connection's packets.</summary>
    public bool IsTranslated(bool isSource) =>
        (Status.Value & Status.Mask & (uint)(isSource ? ConntrackStatus.SourceNat : ConntrackStatus.DestinationNat)) != 0;

    private MaskedNumber InitialStatus(Packet packet)
    {
        if (packet.Status is { } given)
        {
            return MaskedNumber.Exact((uint)given);
        }
        var translation = packet.Translation is not { } pair ? ConntrackStatus.None
            : (pair.Source == packet.Source ? 0 : packet.IsReply ? ConntrackStatus.DestinationNat : ConntrackStatus.SourceNat)
            | (pair.Destination == packet.Destination ? 0 : packet.IsReply ? ConntrackStatus.SourceNat : ConntrackStatus.DestinationNat);
        return packet.State switch
        {
            // Whether a connection counts as assured hangs on what was seen of it before.
            ConntrackState.Established => new(
                (uint)(translation | ConntrackStatus.Confirmed | ConntrackStatus.SeenReply), ~(uint)ConntrackStatus.Assured),
            ConntrackState.Related when _isIcmpError => new(0, 0),
            ConntrackState.Related => MaskedNumber.Exact((uint)(translation | ConntrackStatus.Expected)),
            _ => MaskedNumber.Exact((uint)translation),
        };
    }

    private static EndpointPair Own(Packet packet) => new(packet.Source, packet.Destination);

    private static EndpointPair Reverse(EndpointPair pair) => new(pair.Destination, pair.Source);
}
