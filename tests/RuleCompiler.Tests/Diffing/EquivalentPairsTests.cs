using System.Globalization;
using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

/// <summary>
/// Dumps rewritten so that they do the same: networks halved, ports joined or taken apart, neighbours of one action exchanged, runs of
/// rules moved into chains. The diff says so, and no random packet is treated otherwise. <c>RULEC_RANDOM_PACKETS</c> asks for more.
/// </summary>
internal sealed class EquivalentPairsTests
{
    private const int Pairs = 10;
    private const int PacketsInCi = 20_000;
    private const int RulesAChain = 40;

    private static readonly string[] Chains = ["INPUT", "FORWARD", "OUTPUT"];

    [Test]
    public void No_random_packet_tells_equivalent_dumps_apart()
    {
        var packets = (int.TryParse(Environment.GetEnvironmentVariable("RULEC_RANDOM_PACKETS"), out var asked) ? asked : PacketsInCi) / Pairs;
        Assert.Multiple(() =>
        {
            for (var seed = 1; seed <= Pairs; seed++)
            {
                var draw = new Draw(seed);
                var rules = Chains.ToDictionary(chain => chain, _ => Enumerable.Range(0, RulesAChain).Select(_ => new Rule(draw)).ToList());
                var old = Dump(rules.ToDictionary(chain => chain.Key, chain => chain.Value.Select(rule => rule.Text).ToList()), "");
                var other = Rewritten(rules, draw);
                var (before, after) = (Compile(old), Compile(other));
                Assert.That(SemanticDiff.IsEquivalent(before, after), Is.True, $"seed {seed}\n{old}---\n{other}");
                Assert.That(FirstDifference(before, after, draw, packets), Is.Null, $"seed {seed}\n{old}---\n{other}");
            }
        });
    }

    private static string? FirstDifference(Compilation before, Compilation after, Draw draw, int count)
    {
        var host = HostInference.Infer(before);
        var (one, other) = (new Evaluator(before, Family.IPv4, host), new Evaluator(after, Family.IPv4, host));
        var (was, becomes) = (new List<Classification>(), new List<Classification>());
        for (var i = 0; i < count; i++)
        {
            var packet = RandomPacket(draw);
            one.Classify(packet, was);
            other.Classify(packet, becomes);
            if (was.Count != 1 || becomes.Count != 1 || (was[0].Verdict, was[0].IsLost) != (becomes[0].Verdict, becomes[0].IsLost))
            {
                return PacketExpression.Format(packet);
            }
        }
        return null;
    }

    /// <summary>Mostly such as rules speak of: addresses of their networks and beside them, ports likewise.</summary>
    private static Packet RandomPacket(Draw draw)
    {
        var protocol = draw.Pick(IpProtocol.Tcp, IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Icmp);
        var hasPorts = IpProtocol.HasPorts(protocol);
        var isArriving = draw.Chance(70);
        return new Packet
        {
            Protocol = protocol,
            Source = new Endpoint(Address(draw), hasPorts ? (ushort)draw.Between(1024, ushort.MaxValue) : null),
            Destination = new Endpoint(Address(draw), hasPorts ? (ushort)draw.Between(1, 60) : null),
            InInterface = isArriving ? draw.Pick("eth0", "eth1") : null,
            OutInterface = isArriving && draw.Chance(50) ? "lo" : "eth1",
            State = draw.Pick(ConntrackState.New, ConntrackState.New, ConntrackState.Established),
            TcpFlags = TcpFlags.Syn,
            Ttl = 64,
        };
    }

    private static IpAddress Address(Draw draw) =>
        new(Family.IPv4, draw.Chance(5) ? (uint)draw.Between(0x0B000000, 0x7E000000) : 0x0A000000 | (uint)draw.Between(0, 0xFFFF));

    private static string Rewritten(Dictionary<string, List<Rule>> rules, Draw draw)
    {
        var lines = new Dictionary<string, List<string>>();
        var called = new List<string>();
        foreach (var (chain, list) in rules)
        {
            for (var i = 0; i + 1 < list.Count; i++)
            {
                if (list[i].Target == list[i + 1].Target && draw.Chance(50))
                {
                    (list[i], list[i + 1]) = (list[i + 1], list[i]);
                }
            }
            var texts = list.SelectMany(rule => draw.Pick(0, 1, 2) switch { 0 => new[] { rule.Text }, 1 => rule.Halves, _ => rule.Ports }).ToList();
            var (first, last) = (draw.Between(0, texts.Count / 2), draw.Between(texts.Count / 2, texts.Count - 1));
            called.AddRange(texts[first..last].Select(text => $"-A MOVED_{chain} {text}"));
            lines[chain] = [.. texts[..first], $"-j MOVED_{chain}", .. texts[last..]];
        }
        return Dump(lines, string.Concat(rules.Keys.Select(chain => $":MOVED_{chain} - [0:0]\n")) + string.Join('\n', called) + "\n");
    }

    private static string Dump(Dictionary<string, List<string>> chains, string more) =>
        $"*filter\n{string.Concat(Chains.Select(chain => $":{chain} ACCEPT [0:0]\n"))}{more}"
        + string.Concat(chains.SelectMany(chain => chain.Value.Select(rule => $"-A {chain.Key} {rule}\n"))) + "COMMIT\n";

    private static Compilation Compile(string dump) => Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)));

    /// <summary>A rule, and two ways of saying it in several.</summary>
    private sealed class Rule
    {
        private readonly uint _network;
        private readonly int _length;
        private readonly string _tests;
        private readonly ushort[] _ports;

        public Rule(Draw draw)
        {
            _length = draw.Between(16, 31);
            _network = (0x0A000000 | (uint)draw.Between(0, 0xFFFF)) & (uint.MaxValue << (32 - _length));
            _tests = $"-p {draw.Pick("tcp", "udp")}{(draw.Chance(30) ? " -m conntrack --ctstate NEW" : "")}";
            _ports = [.. Enumerable.Range(0, draw.Between(1, 5)).Select(_ => (ushort)draw.Between(1, 60)).Distinct()];
            Target = draw.Pick("ACCEPT", "DROP", "DROP");
        }

        public string Target { get; }

        public string Text => Of(_network, _length, _ports);

        public string[] Halves => [Of(_network, _length + 1, _ports), Of(_network | (1u << (31 - _length)), _length + 1, _ports)];

        public string[] Ports => [.. _ports.Select(port => Of(_network, _length, [port]))];

        private string Of(uint network, int length, ushort[] ports) => string.Create(
            CultureInfo.InvariantCulture,
            $"-s {new IpAddress(Family.IPv4, network)}/{length} {_tests} -m multiport --dports {string.Join(',', ports)} -j {Target}");
    }
}
