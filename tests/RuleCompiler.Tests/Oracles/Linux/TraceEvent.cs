namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>One event of the nf_tables trace.</summary>
/// <remarks>
/// Source: net/netfilter/nf_tables_trace.c; attributes in include/uapi/linux/netfilter/nf_tables.h,
/// <c>enum nft_trace_attributes</c>.
/// </remarks>
/// <param name="PacketId">The kernel's name of the packet, kept for as long as it stays in one half of its way.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Table">The table at work.</param>
/// <param name="Chain">The chain at work.</param>
/// <param name="RuleHandle">The rule that matched; null for a policy or the end of a chain.</param>
/// <param name="Verdict">One of the constants of this class; a policy's is its verdict.</param>
/// <param name="VerdictChain">Where a jump or goto leads; else empty.</param>
/// <param name="NetworkHeader">Up to 40 bytes; only in the first event of each base chain, else empty.</param>
/// <param name="TransportHeader">Up to 20 bytes, likewise.</param>
/// <param name="InIndex">Index of the incoming interface; 0 for none, or where the event does not tell.</param>
/// <param name="OutIndex">Index of the outgoing interface, likewise.</param>
internal sealed record TraceEvent(
    uint PacketId,
    TraceEventKind Kind,
    string Table,
    string Chain,
    ulong? RuleHandle,
    int Verdict,
    string VerdictChain,
    ReadOnlyMemory<byte> NetworkHeader,
    ReadOnlyMemory<byte> TransportHeader,
    int InIndex,
    int OutIndex)
{
    public const int Drop = 0;
    public const int Accept = 1;
    public const int Stolen = 2;
    public const int Queue = 3;
    public const int Continue = -1;
    public const int Jump = -3;
    public const int Goto = -4;
    public const int Return = -5;

    private const int MessageKind = 10 << 8 | 17; // NFNL_SUBSYS_NFTABLES, NFT_MSG_TRACE

    /// <summary>Reads the event from a netlink message; null when the message is another.</summary>
    /// <param name="messageKind">Subsystem and message number.</param>
    /// <param name="content">What follows the message's <c>nlmsghdr</c>.</param>
    public static TraceEvent? Read(ushort messageKind, ReadOnlyMemory<byte> content)
    {
        if (messageKind != MessageKind)
        {
            return null;
        }

        var attributes = new NetlinkAttributes(content[4..]);
        var kind = (TraceEventKind)attributes.Number(4);
        var verdict = attributes.Nested(5);
        var code = kind == TraceEventKind.Policy ? (int)attributes.Number(16) : (int)verdict.Number(1);
        return new TraceEvent(
            attributes.Number(6),
            kind,
            attributes.Text(1),
            attributes.Text(2),
            attributes.LongNumber(3),
            code >= 0 ? code & 0xff : code,
            verdict.Text(2),
            attributes[8],
            attributes[9],
            (int)attributes.Number(10),
            (int)attributes.Number(12));
    }
}
