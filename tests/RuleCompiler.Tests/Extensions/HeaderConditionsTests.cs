using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Extensions;

/// <summary>Matches of IPv6 extension headers, asked of one packet and of a space of it alone; <c>LiveHeaderTests</c> asks the kernel.</summary>
internal sealed class HeaderConditionsTests
{
    private const string Ends = "[fd00::9] -> [fd00::1] in eth0";

    private static readonly string[] Rules =
    [
        "-m frag", "-m frag --fragfirst", "-m frag --fragid :", "-m frag ! --fragid :", "-m frag --fraglen 5", "-m hbh", "-m dst", "-m rt",
        "-m ah", "-m ah ! --ahspi :", "-p esp -m esp", "-p 135 -m mh", "-p esp", "-p tcp", "-p ah", "-p 59",
        "-m ipv6header --header prot", "-m ipv6header --header frag,prot", "-m ipv6header ! --header frag,prot",
        "-m ipv6header --header hop,dst,prot", "-m ipv6header --header frag --soft", "-m ipv6header ! --header frag --soft",
        "-m ipv6header --header hop,dst --soft", "-m ipv6header ! --header hop,dst --soft", "-m ipv6header --header none",
        "-m ipv6header --header hop,none", "-m ipv6header --header esp --soft", "-m ipv6header ! --header prot --soft",
        "-m ipv6header --header auth,prot", "-m ipv6header --header hop", "-m ipv6header ! --header hop", "-m ipv6header --header esp,prot",
    ];

    private static readonly string[] Headers =
        ["NONE", "hop", "dst", "hop,dst", "route", "frag", "hop,frag", "hop,dst,route,frag", "auth", "frag,auth", "hop,dst,route,frag,auth"];

    [TestCase("-m frag", "tcp", "frag", true, ExpectedResult = false)]
    [TestCase("-m frag", "tcp", "frag", false, ExpectedResult = true)]
    [TestCase("-m frag", "tcp", "hop", false, ExpectedResult = false)]
    [TestCase("-m frag --fragfirst", "tcp", "frag", false, ExpectedResult = true)]
    [TestCase("-m frag --fragfirst", "tcp", "frag fragment", false, ExpectedResult = false)]
    [TestCase("-m frag", "tcp", "NONE fragment", false, ExpectedResult = true)]
    [TestCase("-m frag ! --fragid :", "tcp", "frag", false, ExpectedResult = false)]
    [TestCase("-m hbh", "tcp", "hop", true, ExpectedResult = true)]
    [TestCase("-m dst", "tcp", "hop", true, ExpectedResult = false)]
    [TestCase("-m rt", "tcp", "route", true, ExpectedResult = true)]
    [TestCase("-m ah", "tcp", "auth", true, ExpectedResult = true)]
    [TestCase("-m ah", "ah", "NONE", true, ExpectedResult = true)]
    [TestCase("-m ipv6header --header prot", "tcp", "NONE", true, ExpectedResult = true)]
    [TestCase("-m ipv6header --header prot", "tcp", "frag", true, ExpectedResult = true)]
    [TestCase("-m ipv6header --header prot", "tcp", "frag", false, ExpectedResult = false)]
    [TestCase("-m ipv6header --header hop,prot", "tcp", "hop,dst", true, ExpectedResult = false)]
    [TestCase("-m ipv6header --header hop,prot --soft", "tcp", "hop,dst", true, ExpectedResult = true)]
    [TestCase("-m ipv6header ! --header hop,route --soft", "tcp", "hop,dst", true, ExpectedResult = false)]
    [TestCase("-m ipv6header --header esp", "esp", "NONE", true, ExpectedResult = true)]
    [TestCase("-m ipv6header --header esp,prot", "esp", "NONE", true, ExpectedResult = false)]
    [TestCase("-m ipv6header ! --header hop", "tcp", "hop", true, ExpectedResult = true)]
    [TestCase("-p esp -m esp", "esp", "frag fragment", false, ExpectedResult = false)]
    [TestCase("-p tcp", "tcp", "auth", true, ExpectedResult = false)]
    public bool Decides(string rule, string protocol, string headers, bool isTracking)
    {
        var (tables, host) = Compile(rule, Flavour.Nft, isTracking);
        return Verdict(tables, host, Packet(protocol, headers)) == "drop";
    }

    [TestCase("-m frag --fragmore", "frag", ExpectedResult = "accept drop")]
    [TestCase("-m frag --fragmore", "hop", ExpectedResult = "accept")]
    [TestCase("-m frag --fragid 5", "frag", ExpectedResult = "accept drop")]
    [TestCase("-m hbh --hbh-len 8", "hop", ExpectedResult = "accept drop")]
    [TestCase("-m dst --dst-opts 5", "hop", ExpectedResult = "accept")]
    [TestCase("-m rt --rt-type 4", "route", ExpectedResult = "accept drop")]
    [TestCase("-m srh", "route", ExpectedResult = "accept drop")]
    [TestCase("-m srh", "dst", ExpectedResult = "accept")]
    [TestCase("-m ah --ahspi 5", "auth", ExpectedResult = "accept drop")]
    [TestCase("-m ah --ahres", "frag", ExpectedResult = "accept")]
    public string Leaves_open_what_is_in_a_header(string rule, string headers)
    {
        var (tables, host) = Compile(rule, Flavour.Legacy, isTracking: false);
        return Verdict(tables, host, Packet("tcp", headers));
    }

    [Test]
    public void A_packet_and_the_space_of_it_are_treated_alike(
        [Values(Flavour.Nft, Flavour.Legacy)] Flavour flavour, [Values] bool isTracking, [Values("tcp", "esp", "59", "135", "ah")] string protocol)
    {
        var isOfAh = protocol == "ah";
        var packets = Headers.Where(headers => isOfAh == headers.Contains("auth", StringComparison.Ordinal) || (flavour == Flavour.Legacy && !isOfAh))
            .SelectMany(headers => isTracking ? new[] { headers } : headers.Contains("frag", StringComparison.Ordinal) ? [headers, $"{headers} fragment"] : [headers]);
        foreach (var rule in Rules)
        {
            var (tables, host) = Compile(rule, flavour, isTracking);
            foreach (var headers in packets)
            {
                var space = Space(protocol, headers);
                var regions = new List<SearchRegion>();
                RegionSearch.Find(tables, Family.IPv6, host, space, new SearchQuestion(), regions, 1000, CancellationToken.None);
                var found = regions.Select(region => region.Outcome.Verdict.Name()).Distinct().Order(StringComparer.Ordinal);
                Assert.That(string.Join(' ', found), Is.EqualTo(Verdict(tables, host, Packet(protocol, headers))), $"{rule}: {space}");
            }
        }
    }

    private static Packet Packet(string protocol, string headers)
    {
        var words = headers.Split(' ');
        var text = $"{protocol} {(protocol == "tcp" && words.Length == 1 ? Ends.Replace("]", "]:7", StringComparison.Ordinal) : Ends)}"
            + (words[0] == "NONE" ? "" : $" exthdr {words[0]}") + (words.Length > 1 ? " fragment" : "");
        var (packet, problems) = PacketExpression.Parse(SourceText.From(text));
        Assert.That(problems, Is.Empty, text);
        return packet ?? throw new AssertionException(text);
    }

    private static SpaceExpression Space(string protocol, string headers)
    {
        var words = headers.Split(' ');
        var text = $"{protocol} {Ends} out none exthdr {words[0]}/hop,dst,route,frag,auth fragment {(words.Length > 1 ? "yes" : "no")}";
        var (space, problems) = SpaceExpression.Parse(SourceText.From(text));
        Assert.That(problems, Is.Empty, text);
        return space ?? throw new AssertionException(text);
    }

    private static string Verdict(Compilation tables, HostFacts host, Packet packet) => string.Join(' ', new Evaluator(tables, Family.IPv6, host)
        .Trace(packet).Select(trace => trace.Verdict.Name()).Distinct().Order(StringComparer.Ordinal));

    private static (Compilation Tables, HostFacts Host) Compile(string rule, Flavour flavour, bool isTracking)
    {
        var options = new CompilationOptions { Family = Family.IPv6, Flavour = flavour };
        var compilation = Compilation.Create(
            SyntaxTree.Parse(SourceText.From($"*filter\n:INPUT ACCEPT [0:0]\n-A INPUT {rule} -j DROP\nCOMMIT\n")), options);
        Assert.That(compilation.Diagnostics.Where(problem => problem.Severity == Diagnostics.DiagnosticSeverity.Error), Is.Empty, rule);
        var address = IpAddress.TryParse("fd00::1", out var found) ? found : throw new FormatException();
        return (compilation, new HostFacts
        {
            Interfaces = [HostInterface.Loopback, new("eth0", [new AddressPrefix(address, 64)])],
            Conntrack = isTracking,
        });
    }
}
