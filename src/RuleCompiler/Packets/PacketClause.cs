namespace RuleCompiler.Packets;

/// <summary>The clauses of a packet or space expression, in the order in which they are printed.</summary>
public enum PacketClause
{
    /// <summary><c>in IFACE</c>: arrives by it.</summary>
    In,

    /// <summary><c>out IFACE</c>: leaves by it, whatever the routing facts say.</summary>
    Out,

    /// <summary><c>uid N</c>: user of the sending process.</summary>
    Uid,

    /// <summary><c>gid N</c>: its group.</summary>
    Gid,

    /// <summary><c>groups N,..</c>: its supplementary groups.</summary>
    Groups,

    /// <summary><c>socket none|kernel</c>.</summary>
    Socket,

    /// <summary><c>state NEW|ESTABLISHED|RELATED|INVALID|UNTRACKED</c>.</summary>
    State,

    /// <summary><c>dir original|reply</c>: direction in its connection.</summary>
    Dir,

    /// <summary><c>ctstatus ..</c>: the connection's status bits.</summary>
    CtStatus,

    /// <summary><c>mark V[/M]</c>.</summary>
    Mark,

    /// <summary><c>ctmark V[/M]</c>: the connection's mark.</summary>
    CtMark,

    /// <summary><c>zone N</c>: conntrack zone.</summary>
    Zone,

    /// <summary><c>ctproto PROTOCOL</c>: the connection's protocol, where it is not the packet's (ICMP errors).</summary>
    CtProto,

    /// <summary><c>ctorig SRC -> DST</c>: the connection's original direction.</summary>
    CtOrig,

    /// <summary><c>ctrepl SRC -> DST</c>: the direction of the answers.</summary>
    CtRepl,

    /// <summary><c>nat SRC -> DST</c>: what the connection's translation makes of the packet.</summary>
    Nat,

    /// <summary><c>flags SYN,ACK</c>, or <c>NONE</c>.</summary>
    Flags,

    /// <summary><c>options N,..</c>: kinds of the TCP options present.</summary>
    Options,

    /// <summary><c>mss N</c>: value of the maximum segment size option.</summary>
    Mss,

    /// <summary><c>chunks N,..</c>: types of the SCTP chunks present.</summary>
    Chunks,

    /// <summary><c>type T[/C]</c>: ICMP or ICMPv6 type and code.</summary>
    Type,

    /// <summary>The <c>/C</c> of <c>type T/C</c>, which need not be said where it is 0.</summary>
    TypeCode,

    /// <summary><c>length N</c>: total length in bytes.</summary>
    Length,

    /// <summary><c>ttl N</c>; <c>hl N</c> is the same.</summary>
    Ttl,

    /// <summary><c>tos N</c>, or <c>dscp N</c> for its upper six bits.</summary>
    Tos,

    /// <summary><c>fragment</c>: a fragment with an offset; <c>fragment no</c>: none.</summary>
    Fragment,

    /// <summary><c>exthdr NAME,..</c>: IPv6 extension headers.</summary>
    ExtHdr,

    /// <summary><c>mac AA:..</c>: source address of the arriving frame.</summary>
    Mac,

    /// <summary><c>frame unicast|broadcast|multicast</c>: to whom the arriving frame was addressed.</summary>
    Frame,

    /// <summary><c>physin IFACE</c>: bridge port it came in by.</summary>
    PhysIn,

    /// <summary><c>physout IFACE</c>: bridge port it leaves by.</summary>
    PhysOut,

    /// <summary><c>in-set NAME,..</c>: sets it is in.</summary>
    InSet,

    /// <summary><c>match "OPTION TEXT"</c>: an unknown that matches; may be given several times.</summary>
    Match,

    /// <summary><c>srctype TYPE,..</c>: types of the source address; of spaces only, since host facts decide it.</summary>
    SrcType,

    /// <summary><c>srctype@in TYPE,..</c>: the same, an address being local only on the incoming interface.</summary>
    SrcTypeOnIn,

    /// <summary><c>srctype@out TYPE,..</c>: the same for the outgoing interface.</summary>
    SrcTypeOnOut,

    /// <summary><c>dsttype TYPE,..</c>: types of the destination address; of spaces only.</summary>
    DstType,

    /// <summary><c>dsttype@in TYPE,..</c>: the same, an address being local only on the incoming interface.</summary>
    DstTypeOnIn,

    /// <summary><c>dsttype@out TYPE,..</c>: the same for the outgoing interface.</summary>
    DstTypeOnOut,

    /// <summary><c>rcvsocket exists,..</c>: the socket that would take the packet; of spaces only.</summary>
    RcvSocket,

    /// <summary><c>bridged yes|no</c>: whether a packet that crosses a bridge is bridged, not routed; of spaces only.</summary>
    Bridged,

    /// <summary><c>mark^ctmark V[/M]</c>: the exclusive or of both marks; of spaces only.</summary>
    MarkDifference,
}
