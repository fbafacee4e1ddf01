using System.Net;
using System.Text.Json.Nodes;
using RuleCompiler.Tests.Oracles.Probes;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>Makes the trace of a packet out of the kernel's events.</summary>
/// <param name="host">Host facts: the addresses of the interfaces.</param>
/// <param name="dump">What is loaded: a trace tells lines and targets of its rules, and policies of the chains it declares.</param>
internal sealed class TraceAssembler(JsonNode host, string dump)
{
    private static readonly string[] BaseChains = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"];
    private readonly Dictionary<(string Table, string Chain), List<DumpRule>> _rules = DumpRule.ReadAll(dump);
    private readonly Dictionary<(string Table, string Chain), string> _declared = DumpRule.Chains(dump);

    /// <summary>The trace of one packet.</summary>
    /// <param name="probe">The packet.</param>
    /// <param name="events">Those of this packet, in order.</param>
    public ObservedTrace Assemble(ProbePacket probe, IReadOnlyList<TraceEvent> events)
    {
        var steps = new List<ObservedStep>();
        var rewrites = new List<string>();
        var hook = "";
        PacketHeaders? headers = null;
        ObservedStep? rewriter = null;
        foreach (var read in events)
        {
            if (!read.NetworkHeader.IsEmpty)
            {
                var now = PacketHeaders.Read(read);
                AddRewrite(rewrites, rewriter, headers, now);
                (headers, rewriter) = (now, null);
            }

            // The end of a user chain comes without a rule, whatever the kernel calls its kind.
            var isChainEnd = read.Kind != TraceEventKind.Policy && read.Rule is null;
            var isUndeclared = read.Kind == TraceEventKind.Policy && !_declared.ContainsKey((read.Table, read.Chain));
            if (read.Table == ControlTable.Name || isChainEnd || isUndeclared)
            {
                continue;
            }

            hook = BaseChains.Contains(read.Chain) ? read.Chain : hook;
            var step = read.Kind == TraceEventKind.Policy ? Policy(read, hook) : RuleStep(read, hook);
            steps.Add(step);
            rewriter = step.Action is "redirect" or "dnat" or "snat" or "masquerade" or "netmap" ? step : null;
            if (step.Action == "tproxy")
            {
                rewrites.Add($"tproxy destination {ProxyAddress(probe, events, step)}");
            }
        }

        var verdict = Verdict(steps, events);
        if (verdict is "stolen" or ObservedTrace.Vanished && steps is [.., { Target: "SYNPROXY" } last])
        {
            // The log of x_tables does not say that the target took the packet, or dropped an ACK.
            verdict = verdict == ObservedTrace.Vanished && probe.IsAcknowledgement ? "drop" : "stolen";
            steps[^1] = last with { Action = verdict == "drop" ? "drop" : "synproxy" };
        }

        return new ObservedTrace(steps, rewrites, verdict, verdict == "accept" && IsLost(events));
    }

    private static ObservedStep Policy(TraceEvent read, string hook) => new(
        hook, read.Table, read.Chain, null, null, "policy", read.Verdict == TraceEvent.Drop ? "DROP" : "ACCEPT");

    private static void AddRewrite(
        List<string> rewrites, ObservedStep? rewriter, PacketHeaders? before, PacketHeaders now)
    {
        if (rewriter is null || before is null)
        {
            return;
        }

        if (before.Destination != now.Destination)
        {
            rewrites.Add($"{rewriter.Action} destination {now.Destination}");
        }

        if (before.Source != now.Source)
        {
            rewrites.Add($"{rewriter.Action} source {now.Source}");
        }
    }

    private static string Action(TraceEvent read, DumpRule rule) => read.Verdict switch
    {
        TraceEvent.Jump => "jump",
        TraceEvent.Goto => "goto",
        TraceEvent.Return => "return",
        _ => rule.Target switch
        {
            "ACCEPT" or "DROP" or "REJECT" or "REDIRECT" or "DNAT" or "SNAT" or "MASQUERADE" or "NETMAP" or "TPROXY"
                or "NOTRACK" or "QUEUE" => rule.Target.ToLowerInvariant(),
            "NFQUEUE" => "queue",
            "SYNPROXY" when read.Verdict == TraceEvent.Drop => "drop",
            "CT" when rule.Text.Contains(" --notrack", StringComparison.Ordinal) => "notrack",
            _ => "continue",
        },
    };

    private static string Verdict(List<ObservedStep> steps, IReadOnlyList<TraceEvent> events)
    {
        if (events.Count == 0)
        {
            return "stolen";
        }

        var last = events[^1];
        return last.Verdict switch
        {
            TraceEvent.Queue => "queue",
            TraceEvent.Stolen => "stolen",
            TraceEvent.Drop when steps.Count > 0 && steps[^1].Action == "reject" => "reject",
            TraceEvent.Drop => "drop",
            _ => last.Chain.EndsWith(ControlTable.AfterSuffix, StringComparison.Ordinal)
                ? "accept"
                : ObservedTrace.Vanished,
        };
    }

    /// <summary>Whether the last hook met is one behind which another must come.</summary>
    private static bool IsLost(IReadOnlyList<TraceEvent> events)
    {
        const int loopback = 1; // index of lo in every namespace
        var last = events[^1];
        return last.Chain.Split('_')[0] switch
        {
            "INPUT" => false,
            "POSTROUTING" => last.OutIndex == loopback,
            _ => true,
        };
    }

    private ObservedStep RuleStep(TraceEvent read, string hook)
    {
        var rule = _rules[(read.Table, read.Chain)][(read.Rule ?? 1) - 1];
        return new ObservedStep(hook, read.Table, read.Chain, read.Rule, rule.Line, Action(read, rule), rule.Target);
    }

    /// <summary>The socket that TPROXY looks for.</summary>
    /// <remarks>The trace does not show it: net/netfilter/xt_TPROXY.c, tproxy_tg4 and tproxy_tg6.</remarks>
    private string ProxyAddress(ProbePacket probe, IReadOnlyList<TraceEvent> events, ObservedStep step)
    {
        var rule = _rules[(step.Table, step.Chain)][(step.Rule ?? 1) - 1];
        var name = events[0].OutIndex == 0 ? probe.In : "lo";
        var port = rule.Option("--on-port") is { } given and not "0" ? given : $"{probe.DestinationPort}";
        var address = rule.Option("--on-ip") is { } fixedAddress and not ("0.0.0.0" or "::")
            ? fixedAddress
            : PrimaryAddress(name ?? "lo", probe.IsV6);
        return probe.IsV6 ? $"[{address}]:{port}" : $"{address}:{port}";
    }

    private string PrimaryAddress(string name, bool isV6)
    {
        var entry = HostCommands.Items(host, "interfaces").FirstOrDefault(item => (string?)item["name"] == name);
        var listed = entry is null ? [] : HostCommands.Items(entry, "addresses").Select(item => (string)item!);
        var found = listed.Select(address => address.Split('/')[0])
            .FirstOrDefault(address => address.Contains(':') == isV6, isV6 ? "::1" : "127.0.0.1");
        return IPAddress.Parse(found).ToString();
    }
}
