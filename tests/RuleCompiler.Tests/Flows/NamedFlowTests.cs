using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Diffing;
using RuleCompiler.Tests.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Flows;

/// <summary>A search for a flow finds exactly the packets that are named as of it, one by one.</summary>
internal sealed class NamedFlowTests
{
    private const string Redirects = """
        *nat
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :ISTIO_OUTPUT - [0:0]
        -A PREROUTING -p tcp -m tcp ! --dport 15090 -j REDIRECT --to-ports 15006
        -A OUTPUT -p tcp -j ISTIO_OUTPUT
        -A ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN
        -A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m owner --uid-owner 1337 -j REDIRECT --to-ports 15006
        -A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 1337 -j RETURN
        -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
        -A ISTIO_OUTPUT -d 127.0.0.1/32 -j RETURN
        -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
        COMMIT

        """;

    private const string Proxied = """
        *mangle
        :PREROUTING ACCEPT [0:0]
        :ISTIO_INBOUND - [0:0]
        -A PREROUTING -p tcp -m mark --mark 0x539 -j RETURN
        -A PREROUTING -p tcp -j ISTIO_INBOUND
        -A ISTIO_INBOUND -p tcp -m tcp --dport 80 -j TPROXY --on-port 15006 --on-ip 0.0.0.0 --tproxy-mark 0x539/0xffffffff
        COMMIT
        *nat
        :OUTPUT ACCEPT [0:0]
        -A OUTPUT -p tcp -m owner --uid-owner 1337 -j RETURN
        -A OUTPUT -p tcp -m mark --mark 0x539 -j RETURN
        -A OUTPUT -p tcp -j REDIRECT --to-ports 15001
        COMMIT

        """;

    /// <summary>A translation keeps the port, so that who calls a listener's port by chance is captured there.</summary>
    private const string Translated = """
        *nat
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :ISTIO_REDIRECT - [0:0]
        -A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 15006
        -A PREROUTING -p tcp -j DNAT --to-destination 10.244.1.7
        -A OUTPUT -d 10.0.0.9/32 -p tcp -j DNAT --to-destination 127.0.0.1
        -A OUTPUT -p tcp -m owner --gid-owner 1337 -j RETURN
        -A OUTPUT -p tcp -j ISTIO_REDIRECT
        -A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001
        COMMIT

        """;

    private const int ShownDisagreements = 5;

    private static readonly string[] Ends =
    [
        " in eth0", " in lo", " out eth0 socket none", " out lo socket none", " out eth0 uid 1000 gid 7", " out eth0 uid 1337 gid 1337", " out lo uid 1000 gid 1337",
        " out lo uid 1337 gid 7", " out eth0 mark 0x539 socket none", " out lo mark 0x539 uid 1000 gid 7",
    ];

    [TestCase(Redirects)]
    [TestCase(Proxied)]
    [TestCase(Translated)]
    public void Searching_for_a_flow_finds_what_is_named_so(string dump)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)));
        var host = HostInference.Infer(compilation);
        var naming = FlowNaming.Create(compilation, Family.IPv4, ProfileCatalog.InferFor(compilation), host) ?? throw new AssertionException("no sidecar");
        var evaluator = new Evaluator(compilation, Family.IPv4, host);
        string[] expressions =
        [
            .. from protocol in (string[])["tcp", "udp"]
               from source in (string[])["127.0.0.6", "10.244.1.7"]
               from destination in (string[])["127.0.0.1", "127.0.0.5", "10.244.1.7", "10.0.0.9"]
               from port in (int[])[80, 15001, 15006, 15012, 15090]
               from end in Ends
               // Which of the host's addresses a REDIRECT writes is not told by rules, nor whether it was there already.
               where port != 15006 || !end.StartsWith(" in", StringComparison.Ordinal)
               select $"{protocol} {source}:40000 -> {destination}:{port}{end}{(end.Contains("mark", StringComparison.Ordinal) ? "" : " mark 0")} state NEW",
        ];
        var flows = expressions.ToDictionary(
            text => text,
            text => PacketAssert.Parse(text) is var packet ? evaluator.Trace(packet).Where(trace => trace.Verdict == Verdict.Accept).Select(trace => naming.FlowOf(packet, trace.Rewrites)).ToHashSet() : []);
        var wrong = new List<string>();
        for (var flow = 1; flow <= 6; flow++)
        {
            var regions = new List<SearchRegion>();
            foreach (var space in (string[])["* * -> * in *", "* * -> *"])
            {
                var question = new SearchQuestion { Verdict = Verdict.Accept, Kind = naming.PacketsOf(flow, Family.IPv4) };
                RegionSearch.Find(compilation, Family.IPv4, host, Parse(space), question, regions, int.MaxValue, default);
            }
            var sets = new SpaceSets(regions.SelectMany(region => region.Space).Concat(expressions));
            wrong.AddRange(
                from packet in flows
                let isFound = regions.Any(region => region.Space.Any(part => sets.Meet(packet.Key, part)))
                where isFound != packet.Value.Contains(flow)
                select $"flow {flow} {(isFound ? "has" : "lacks")} {packet.Key}, named {string.Join(" or ", packet.Value)}");
        }
        Assert.That(wrong.Take(ShownDisagreements), Is.Empty);
    }

    private static SpaceExpression Parse(string text) =>
        SpaceExpression.Parse(SourceText.From(text)).Space ?? throw new AssertionException(text);
}
