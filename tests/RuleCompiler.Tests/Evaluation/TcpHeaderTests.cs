using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Evaluation;

/// <summary>What ECN, TCPMSS and TCPOPTSTRIP make of a segment, as rules behind them see it.</summary>
internal sealed class TcpHeaderTests
{
    private const string Syn = "tcp 10.0.0.9:1000 -> 10.0.0.1:80 in eth0";

    [TestCase("ECN --ecn-tcp-remove", "-m ecn --ecn-tcp-ece", "flags SYN,ECE,CWR", ExpectedResult = "accept")]
    [TestCase("ECN --ecn-tcp-ece 1", "-m ecn --ecn-tcp-ece", "", ExpectedResult = "drop")]
    [TestCase("ECN --ecn-tcp-cwr 0 --ecn-ip-ect 2", "-m ecn --ecn-ip-ect 2 ! --ecn-tcp-cwr --ecn-tcp-ece", "flags SYN,ECE,CWR", ExpectedResult = "drop")]
    [TestCase("ECN --ecn-tcp-remove", "-m tcp --tcp-flags ALL SYN", "flags SYN,ECE,CWR", ExpectedResult = "drop")]
    [TestCase("TCPMSS --set-mss 1000", "-m tcpmss --mss 1000", "options 2 mss 1460 length 44", ExpectedResult = "drop")]
    [TestCase("TCPMSS --set-mss 1000", "-m tcpmss --mss 400", "options 2 mss 400", ExpectedResult = "drop", Description = "never greater")]
    [TestCase("TCPMSS --set-mss 1000", "-m tcpmss --mss 536", "length 40", ExpectedResult = "drop", Description = "put in")]
    [TestCase("TCPMSS --set-mss 100", "-m tcpmss --mss 100 -m length --length 44 -m tcp --tcp-option 2", "length 40", ExpectedResult = "drop")]
    [TestCase("TCPMSS --set-mss 1000", "-m tcpmss --mss 536", "options 4,8 length 56", ExpectedResult = "accept", Description = "data behind the header")]
    [TestCase("TCPMSS --set-mss 1000", "-m tcpmss --mss 536", "options 4,8 length 52", ExpectedResult = "drop")]
    [TestCase("TCPMSS --set-mss 1000", "-m tcpmss ! --mss 536", "", ExpectedResult = "accept drop", Description = "data or not, the packet does not tell")]
    [TestCase("TCPMSS --set-mss 1000", "-m tcp --tcp-option 4", "", ExpectedResult = "accept")]
    [TestCase("TCPOPTSTRIP --strip-options mss,timestamp", "-m tcpmss --mss 0:65535", "options 2,8 mss 1460", ExpectedResult = "accept")]
    [TestCase("TCPOPTSTRIP --strip-options timestamp", "-m tcp --tcp-option 8", "options 2,8 mss 1460", ExpectedResult = "accept")]
    [TestCase("TCPOPTSTRIP --strip-options timestamp", "-m tcp --tcp-option 1", "options 2,8 mss 1460", ExpectedResult = "drop", Description = "padding in its place")]
    [TestCase("TCPOPTSTRIP --strip-options timestamp", "-m tcp --tcp-option 1", "options 2 mss 1460", ExpectedResult = "accept")]
    [TestCase("TCPOPTSTRIP --strip-options timestamp", "-m tcpmss --mss 1460", "options 2,8 mss 1460", ExpectedResult = "drop")]
    [TestCase("DSCP --set-dscp 4", "-m dscp --dscp 4 -m tos --tos 0x10/0xff", "", ExpectedResult = "drop")]
    public string Later_rules_see(string target, string match, string clauses) => Verdicts(Compile(target, match), Parse($"{Syn} {clauses}"));

    [TestCase("ECN --ecn-tcp-ece 1", "-m ecn --ecn-tcp-ece", ExpectedResult = "drop")]
    [TestCase("ECN --ecn-tcp-remove", "-m ecn --ecn-tcp-ece", ExpectedResult = "accept")]
    [TestCase("ECN --ecn-tcp-ece 0", "-m ecn --ecn-tcp-cwr", ExpectedResult = "accept drop")]
    [TestCase("TCPMSS --set-mss 1000", "-m tcpmss --mss 1001:1460", ExpectedResult = "accept drop")]
    [TestCase("TCPOPTSTRIP --strip-options timestamp", "-m tcp --tcp-option 8", ExpectedResult = "accept drop", Description = "not told, but not denied")]
    public string Spaces_follow(string target, string match)
    {
        var regions = new List<SearchRegion>();
        var space = SpaceExpression.Parse(SourceText.From("tcp 10.0.0.9 -> 10.0.0.1 in eth0 out none options 8")).Space ?? throw new AssertionException("no space");
        RegionSearch.Find(Compile(target, match), Family.IPv4, Host, space, new SearchQuestion(), regions, 1000, CancellationToken.None);
        return string.Join(' ', regions.Select(region => region.Outcome.Verdict.Name()).Distinct().Order(StringComparer.Ordinal));
    }

    [Test]
    public void A_trace_says_what_has_become_of_it()
    {
        var trace = new Evaluator(Compile("TCPMSS --set-mss 1000", "-m tcpmss --mss 1"), Family.IPv4, Host).Trace(Parse($"{Syn} length 40"))[0];
        Assert.That(trace.Steps[0].Effects.Select(effect => $"{effect.Kind} {effect.Value}"), Is.EqualTo(new[] { "options 2", "mss 536" }));
    }

    private static HostFacts Host { get; } = new()
    {
        Interfaces = [HostInterface.Loopback, new("eth0", [new AddressPrefix(IpAddress.TryParse("10.0.0.1", out var address) ? address : default, 24)])],
    };

    private static Packet Parse(string text) => PacketExpression.Parse(SourceText.From(text.Trim())).Packet ?? throw new AssertionException(text);

    private static string Verdicts(Compilation compilation, Packet packet) => string.Join(' ', new Evaluator(compilation, Family.IPv4, Host)
        .Trace(packet).Select(trace => trace.Verdict.Name()).Distinct().Order(StringComparer.Ordinal));

    private static Compilation Compile(string target, string match) => Compilation.Create(SyntaxTree.Parse(SourceText.From(
        $"*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -j {target}\nCOMMIT\n*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp {match} -j DROP\nCOMMIT\n")));
}
