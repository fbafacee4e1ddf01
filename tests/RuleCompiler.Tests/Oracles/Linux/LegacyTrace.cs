using System.Globalization;
using System.Text.RegularExpressions;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>The log lines that x_tables writes of a packet that is traced, read through nfnetlink_log.</summary>
/// <remarks>
/// <para>
/// Each rule that matches gives <c>TRACE: TABLE:CHAIN:rule:N</c> and the packet as the rule met it. An ACCEPT, DROP or
/// RETURN without conditions is called <c>policy</c> in a base chain and <c>return</c> in a user chain, just as the
/// end of the chain, whose number is one more than the chain has rules. What a rule did is not told: it follows from
/// its target.
/// </para>
/// <para>
/// Source: net/ipv4/netfilter/ip_tables.c, trace_packet and get_chainname_rulenum; net/netfilter/nf_log.c, nf_log_trace;
/// include/uapi/linux/netfilter/nfnetlink_log.h.
/// </para>
/// </remarks>
internal sealed partial class LegacyTrace : ITraceSource
{
    private const int LogSubsystem = 4;
    private const int Configure = 1;
    private const int LoggedPacket = LogSubsystem << 8;
    private const byte ProtocolV4 = 2;
    private const byte ProtocolV6 = 10;
    private const ushort Acknowledge = 4;
    private const byte BindGroup = 1;
    private const byte BindFamily = 3;
    private readonly NetlinkSocket _log = new();
    private readonly bool _isV6;
    private Dictionary<(string Table, string Chain), List<DumpRule>> _rules = [];
    private Dictionary<(string Table, string Chain), string> _policies = [];

    /// <param name="isV6">The family of the rule sets.</param>
    public LegacyTrace(bool isV6)
    {
        _isV6 = isV6;
        const ushort group = 0; // where a trace goes
        var family = isV6 ? ProtocolV6 : ProtocolV4;
        _log.Request(new NetlinkMessage(LogSubsystem, Configure, Acknowledge, family).Put(1, BindFamily));
        _log.Request(new NetlinkMessage(LogSubsystem, Configure, Acknowledge, 0, group).Put(1, BindGroup));
        _log.Request(new NetlinkMessage(LogSubsystem, Configure, Acknowledge, 0, group)
            .Put(2, [0, 0, 0, 128, 2, 0]) // 128 bytes of each packet
            .Put(5, 1u)); // each at once
    }

    public bool IsLog => true;

    /// <remarks>A table once loaded stays until the namespace goes, empty where a later dump does not have it.</remarks>
    public void Load(string dump)
    {
        NetworkNamespace.Run(_isV6 ? "ip6tables-legacy-restore" : "iptables-legacy-restore", ["-w"], dump);
        (_rules, _policies) = (DumpRule.ReadAll(dump), DumpRule.Chains(dump));
    }

    public IEnumerable<TraceEvent> Receive() => _log.Receive(wait: true)
        .Where(message => message.Kind == LoggedPacket)
        .Select(message => Read(new NetlinkAttributes(message.Content[4..])))
        .OfType<TraceEvent>();

    public void Dispose() => _log.Dispose();

    /// <returns>Null for what another rule logs.</returns>
    private TraceEvent? Read(NetlinkAttributes attributes)
    {
        var line = Line().Match(attributes.Text(10));
        if (!line.Success)
        {
            return null;
        }

        var (table, chain) = (line.Groups["table"].Value, line.Groups["chain"].Value);
        var number = int.Parse(line.Groups["number"].Value, CultureInfo.InvariantCulture);
        var rules = _rules.GetValueOrDefault((table, chain)) ?? [];
        var isControl = table == ControlTable.Name;
        var isRule = isControl || number <= rules.Count;
        var (kind, verdict) = isRule
            ? (TraceEventKind.Rule, isControl ? TraceEvent.Continue : VerdictOf(table, rules[number - 1]))
            : line.Groups["kind"].Value == "policy"
                ? (TraceEventKind.Policy, _policies.GetValueOrDefault((table, chain)) == "DROP" ? TraceEvent.Drop : TraceEvent.Accept)
                : (TraceEventKind.Return, TraceEvent.Continue);
        var packet = attributes[9];
        var headerBytes = Math.Min(packet.Length, packet.Span[0] >> 4 == 6 ? 40 : (packet.Span[0] & 15) * 4);
        return new TraceEvent(
            PacketHeaders.Tag(packet.Span),
            kind,
            table,
            chain,
            isRule ? number : null,
            verdict,
            packet[..headerBytes],
            packet[headerBytes..],
            (int)attributes.Number(5));
    }

    /// <summary>What the rule did where no event comes behind it.</summary>
    private int VerdictOf(string table, DumpRule rule) => rule.Target switch
    {
        null => TraceEvent.Continue,
        { } chain when _policies.ContainsKey((table, chain)) => rule.IsGoto ? TraceEvent.Goto : TraceEvent.Jump,
        "RETURN" => TraceEvent.Return,
        "DROP" or "REJECT" or "TPROXY" => TraceEvent.Drop,
        "NFQUEUE" or "QUEUE" => TraceEvent.Queue,
        _ => TraceEvent.Continue,
    };

    [GeneratedRegex(@"^TRACE: (?<table>[^:]+):(?<chain>.+):(?<kind>rule|return|policy):(?<number>\d+) $")]
    private static partial Regex Line();
}
