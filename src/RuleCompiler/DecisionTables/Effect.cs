using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.DecisionTables;

/// <summary>What a target changes of a packet, its connection or the world, beside the control flow.</summary>
internal abstract record Effect
{
    private Effect()
    {
    }

    /// <summary><c>mark = (mark &amp; ~Mask) ^ Value</c> (net/netfilter/xt_mark.c).</summary>
    public sealed record SetMark(uint Value, uint Mask) : Effect;

    /// <summary>The same for the connection's mark (net/netfilter/xt_connmark.c).</summary>
    public sealed record SetConnectionMark(uint Value, uint Mask) : Effect;

    /// <summary><c>ct = (ct &amp; ~ConnectionMask) ^ (mark &amp; PacketMask)</c>.</summary>
    public sealed record SaveMark(uint PacketMask, uint ConnectionMask) : Effect;

    /// <summary><c>mark = (mark &amp; ~PacketMask) ^ (ct &amp; ConnectionMask)</c>.</summary>
    public sealed record RestoreMark(uint PacketMask, uint ConnectionMask) : Effect;

    /// <summary>
    /// One of the three above with a shift: of the new mark of the connection (<see cref="SetConnectionMark"/>), or of
    /// what is copied, before it is combined (net/netfilter/xt_connmark.c, revision 2).
    /// </summary>
    /// <param name="Unshifted">What is done beside the shift.</param>
    /// <param name="Bits">By how many bits to the left; negative to the right.</param>
    public sealed record ShiftMark(Effect Unshifted, int Bits) : Effect;

    /// <summary><c>tos = (tos &amp; ~Mask) ^ Value</c> (net/netfilter/xt_DSCP.c); DSCP is the upper six bits.</summary>
    public sealed record SetTos(byte Value, byte Mask) : Effect
    {
        /// <summary>The new type of service.</summary>
        public uint Apply(uint tos) => (tos & ~(uint)Mask) ^ Value;
    }

    /// <summary>Changes the time to live, or hop limit (net/netfilter/xt_HL.c).</summary>
    /// <param name="IsRelative">Whether <paramref name="Value"/> is added rather than set; it may be negative then.</param>
    /// <param name="Value">Hops.</param>
    public sealed record SetTtl(bool IsRelative, int Value) : Effect
    {
        /// <summary>The new time to live.</summary>
        public uint Apply(uint ttl) => (uint)Math.Clamp(IsRelative ? (int)ttl + Value : Value, 0, byte.MaxValue);
    }

    /// <summary>What ECN, TCPMSS and TCPOPTSTRIP do to the TCP header; the options as printed.</summary>
    public abstract record ChangeTcp(string Text) : Effect
    {
        /// <summary>Whether a field is among those that may change.</summary>
        public abstract bool Changes(PacketField field);
    }

    /// <summary><c>flags = (flags &amp; ~Mask) | Value</c> (net/ipv4/netfilter/ipt_ECN.c).</summary>
    public sealed record SetTcpFlags(TcpFlags Value, TcpFlags Mask, string Text) : ChangeTcp(Text)
    {
        public override bool Changes(PacketField field) => field == PacketField.TcpFlags;

        /// <summary>The new flags.</summary>
        public uint Apply(uint flags) => (flags & ~(uint)Mask) | (uint)Value;
    }

    /// <summary>TCPMSS: makes an announced segment size smaller, or puts one into a segment without data that announces none.</summary>
    /// <param name="Size">The largest size; null for one that the path decides.</param>
    /// <param name="Text">The options as printed.</param>
    public sealed record LowerSegmentSize(ushort? Size, string Text) : ChangeTcp(Text)
    {
        public override bool Changes(PacketField field) =>
            field is PacketField.MaximumSegmentSize or PacketField.TcpOptionsLow or PacketField.Length;
    }

    /// <summary>TCPOPTSTRIP: writes padding over options.</summary>
    /// <param name="Kinds">Their kinds.</param>
    /// <param name="Text">The options as printed.</param>
    public sealed record StripOptions(ImmutableSortedSet<byte> Kinds, string Text) : ChangeTcp(Text)
    {
        public override bool Changes(PacketField field) =>
            field is PacketField.TcpOptionsLow or PacketField.TcpOptionsHigh || (field == PacketField.MaximumSegmentSize && Kinds.Contains(2));

        public bool Equals(StripOptions? other) => other is not null && Text == other.Text;

        public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>HMARK: a hash of the packet becomes its mark, which is not known then. The options as printed.</summary>
    public sealed record HashMark(string Text) : Effect;

    /// <summary>SNPT and DNPT: another prefix for an IPv6 address, and 16 bits behind it that keep checksums as they were (RFC 6296).</summary>
    /// <param name="IsSource">Whether the source is rewritten, else the destination.</param>
    /// <param name="From">The old prefix; no address is asked whether it has it.</param>
    /// <param name="To">The new prefix.</param>
    /// <param name="Length">Length of both in bits, 0 to 64: that of the longer one.</param>
    public sealed record MapPrefix(bool IsSource, IpAddress From, IpAddress To, int Length) : Effect;

    /// <summary>Takes the packet out of tracking (net/netfilter/xt_CT.c).</summary>
    public sealed record Untrack : Effect;

    /// <summary>Chooses the conntrack zone, and mark-derived zones with <paramref name="FromMark"/>.</summary>
    /// <param name="Zone">0 to 65535.</param>
    /// <param name="FromMark">The zone is the packet's mark.</param>
    /// <param name="Direction">0 original only, 1 reply only, null both.</param>
    public sealed record SetZone(ushort Zone, bool FromMark, int? Direction) : Effect
    {
        /// <summary>As results name it: <c>zone 5</c>, <c>zone mark original</c>.</summary>
        public string Describe() =>
            FormattableString.Invariant($"zone {(FromMark ? "mark" : Zone)}{Direction switch { null => "", 0 => " original", _ => " reply" }}");
    }

    /// <summary>CT without zone: the options as printed. What it says holds for the passage; later CT rules change nothing.</summary>
    public sealed record PrepareTracking(string Text) : Effect;

    /// <summary>Address translation: DNAT, SNAT, REDIRECT, MASQUERADE.</summary>
    /// <param name="Low">First address; null keeps the address (or, for REDIRECT and MASQUERADE, lets the interface give it).</param>
    /// <param name="High">Last address of the range.</param>
    /// <param name="Ports">Port range; null keeps the port.</param>
    /// <param name="BasePort">For <c>A-B/BASE</c>: port - BASE + A.</param>
    /// <param name="Flags"><c>--random</c> and the like.</param>
    public sealed record Translate(
        IpAddress? Low, IpAddress? High, (ushort Low, ushort High)? Ports, ushort? BasePort, TranslateFlags Flags) : Effect;

    /// <summary>NETMAP: keeps the host bits, replaces the network's.</summary>
    public sealed record MapNetwork(IpAddress Network, UInt128 Mask) : Effect
    {
        /// <summary>The network's addresses; null where the mask has holes, so that they are no interval.</summary>
        public Interval? GetAddresses()
        {
            var host = ~Mask & (Network.Family == Family.IPv4 ? uint.MaxValue : UInt128.MaxValue);
            return (host & (host + 1)) == 0 ? new Interval(Network.Value & ~host, Network.Value | host) : null;
        }
    }

    /// <summary>REJECT, with the answer's name as iptables writes it (<c>icmp-port-unreachable</c>).</summary>
    public sealed record RejectWith(string Type) : Effect;

    /// <summary>QUEUE and NFQUEUE.</summary>
    /// <param name="First">First queue number, or 0.</param>
    /// <param name="Last">Last one of a balance range.</param>
    /// <param name="Bypass">Without a listener the packet goes on as after ACCEPT.</param>
    public sealed record ToQueue(ushort First, ushort Last, bool Bypass) : Effect
    {
        /// <summary>As results name it: <c>3</c>, <c>0-3 bypass</c>.</summary>
        public string Describe() => FormattableString.Invariant($"{First}{(Last == First ? "" : $"-{Last}")}{(Bypass ? " bypass" : "")}");
    }

    /// <summary>TPROXY (net/netfilter/xt_TPROXY.c).</summary>
    /// <param name="Address">The address looked for; null or zero: the incoming interface's primary one.</param>
    /// <param name="Port">0: the packet's.</param>
    /// <param name="MarkValue">With <paramref name="MarkMask"/>: <c>mark = (mark &amp; ~mask) ^ value</c>, where a socket is found.</param>
    /// <param name="MarkMask">Bits of the mark replaced.</param>
    public sealed record ProxyTo(IpAddress? Address, ushort Port, uint MarkValue, uint MarkMask) : Effect;

    /// <summary>What is logged, by LOG, NFLOG or AUDIT: the target's options as printed.</summary>
    public sealed record Log(string Text) : Effect;

    /// <summary>SET: adds, deletes or maps members; marks mapped from a set are not known.</summary>
    public sealed record ChangeSet(string Text, bool MapsMark) : Effect;

    /// <summary>A change that no later rule can ask for (CHECKSUM, CLASSIFY, TEE, TRACE): the options as printed.</summary>
    public sealed record Other(string Text) : Effect;

    /// <summary>Several effects of one target, in order (<c>CT --notrack --zone</c>).</summary>
    public sealed record Several(ImmutableArray<Effect> Effects) : Effect;
}
