namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>The trace events of nf_tables.</summary>
/// <remarks>
/// Source: net/netfilter/nf_tables_trace.c; attributes in include/uapi/linux/netfilter/nf_tables.h,
/// <c>enum nft_trace_attributes</c>.
/// </remarks>
/// <param name="control">A socket to ask the kernel with.</param>
/// <param name="isV6">The family of the rule sets.</param>
internal sealed class NftTrace(NetlinkSocket control, bool isV6) : ITraceSource
{
    private const byte ProtocolV4 = 2;
    private const byte ProtocolV6 = 10;
    private const uint TraceGroup = 1u << 8; // NFNLGRP_NFTRACE is 9
    private const int MessageKind = 10 << 8 | 17; // NFNL_SUBSYS_NFTABLES, NFT_MSG_TRACE
    private readonly NetlinkSocket _events = new(TraceGroup);
    private readonly Dictionary<uint, int> _tags = [];
    private Dictionary<(string Table, ulong Handle), int> _rules = [];

    public bool IsLog => false;

    private byte Family => isV6 ? ProtocolV6 : ProtocolV4;

    public void Load(string dump)
    {
        NetworkNamespace.Run(isV6 ? "ip6tables-nft-restore" : "iptables-nft-restore", [], dump);
        _rules = RuleHandles.Read(control, Family);
        if (DumpRule.ReadAll(dump).Sum(chain => chain.Value.Count) != _rules.Count)
        {
            throw new IOException("the kernel holds more or fewer rules than the dump has lines");
        }
    }

    public IEnumerable<TraceEvent> Receive() => _events.Receive(wait: true)
        .Where(message => message.Kind == MessageKind)
        .Select(message => Read(new NetlinkAttributes(message.Content[4..])));

    public void Dispose() => _events.Dispose();

    /// <remarks>Headers come with the first event of each base chain only, the kernel's name of the packet with each.</remarks>
    private TraceEvent Read(NetlinkAttributes attributes)
    {
        var packet = attributes.Number(6);
        var (network, transport) = (attributes[8], attributes[9]);
        if (!network.IsEmpty)
        {
            _tags[packet] = PacketHeaders.Tag(network.Span);
        }
        else if (isV6 && !transport.IsEmpty)
        {
            _tags[packet] = PacketHeaders.Tag(transport.Span); // of a later fragment the kernel takes the packet's beginning for it
        }

        var kind = (TraceEventKind)attributes.Number(4);
        var code = kind == TraceEventKind.Policy ? (int)attributes.Number(16) : (int)attributes.Nested(5).Number(1);
        var table = attributes.Text(1);
        int? rule = attributes.LongNumber(3) is { } handle && _rules.TryGetValue((table, handle), out var number) ? number : null;
        return new TraceEvent(
            _tags.GetValueOrDefault(packet),
            kind,
            table,
            attributes.Text(2),
            rule,
            code >= 0 ? code & 0xff : code,
            network,
            transport,
            (int)attributes.Number(12));
    }
}
