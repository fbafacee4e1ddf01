using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

/// <summary>Spaces that speak of sets, options and other things that no field tells.</summary>
internal sealed class SpaceFactsTests
{
    private const string Host = """{"interfaces":[{"name":"lo","addresses":["127.0.0.1/8","::1/128"]},{"name":"eth0","addresses":["192.0.2.1/24"]}]}""";

    [TestCase("-m set --match-set blocked src", "in-set blocked", ExpectedResult = "drop")]
    [TestCase("-m set --match-set blocked src", "in-set !blocked", ExpectedResult = "accept")]
    [TestCase("-m set ! --match-set blocked src", "in-set blocked", ExpectedResult = "accept")]
    [TestCase("-m set --match-set blocked src", "in-set other", ExpectedResult = "accept drop")]
    [TestCase("-m set --match-set a src -m set --match-set b dst", "in-set a,b", ExpectedResult = "drop")]
    [TestCase("-m set --match-set a src -m set --match-set b dst", "in-set !a,b", ExpectedResult = "accept")]
    [TestCase("-m set --match-set a src -m set --match-set b dst", "in-set a|b", ExpectedResult = "accept drop")]
    [TestCase("-m string --algo bm --string evil", "match \"-m string --string \\\"evil\\\" --algo bm\"", ExpectedResult = "drop")]
    [TestCase("-m string --algo bm --string evil", "match !\"string --string \\\"evil\\\" --algo bm\"", ExpectedResult = "accept")]
    [TestCase("-m string --algo bm --string evil", "match \"-m string --algo bm --string evil\"", ExpectedResult = "drop")]
    [TestCase("-m limit --limit 5/min", "match !\"--limit 5/minute\"", ExpectedResult = "accept")]
    [TestCase("-m limit --limit 5/min", "match \"limit --limit 5/min\"", ExpectedResult = "drop")]
    [TestCase("-m limit --limit 5/min", "match !\"limit --limit 5/min\"", ExpectedResult = "accept")]
    [TestCase("-s 10.0.0.1/255.0.0.255", "match \"src 10.0.0.1/255.0.0.255\"", ExpectedResult = "drop")]
    [TestCase("-s 10.0.0.1/255.0.0.255", "match !\"src 10.0.0.1/255.0.0.255\"", ExpectedResult = "accept")]
    [TestCase("-p tcp -m tcp --tcp-option 4", "options 4", ExpectedResult = "drop")]
    [TestCase("-p tcp -m tcp --tcp-option 4", "options !4", ExpectedResult = "accept")]
    [TestCase("-p tcp -m tcp ! --tcp-option 200", "options NONE", ExpectedResult = "drop")]
    [TestCase("-p tcp -m tcp --tcp-option 4", "options 2", ExpectedResult = "accept drop")]
    [TestCase("-p tcp -m tcp --tcp-option 4", "options 2/2,4", ExpectedResult = "accept")]
    [TestCase("-p sctp -m sctp --chunk-types any INIT,DATA", "chunks 1", ExpectedResult = "drop")]
    [TestCase("-p sctp -m sctp --chunk-types all INIT,DATA", "chunks 1", ExpectedResult = "accept drop")]
    [TestCase("-p sctp -m sctp --chunk-types all INIT,DATA", "chunks !1", ExpectedResult = "accept")]
    [TestCase("-p sctp -m sctp --chunk-types only INIT,DATA", "chunks 3", ExpectedResult = "accept")]
    [TestCase("-p sctp -m sctp --chunk-types only INIT", "chunks NONE", ExpectedResult = "drop")]
    public string Settles_what_rules_ask(string match, string clauses) => Verdicts($"-A INPUT {match} -j DROP", $"* * -> * in * out none {clauses}");

    [TestCase("--gid-owner 7 --suppl-groups", "groups 7", ExpectedResult = "drop")]
    [TestCase("--gid-owner 7 --suppl-groups", "groups !7 uid *", ExpectedResult = "accept")]
    [TestCase("--gid-owner 7 --suppl-groups", "groups 8 uid *", ExpectedResult = "accept drop")]
    [TestCase("--gid-owner 5-9 --suppl-groups", "groups 7", ExpectedResult = "drop")]
    [TestCase("--gid-owner 7-8 --suppl-groups", "groups NONE/7,8", ExpectedResult = "accept")]
    [TestCase("! --gid-owner 7 --suppl-groups", "groups 7", ExpectedResult = "accept")]
    public string Settles_groups(string match, string clauses) =>
        Verdicts($"-A OUTPUT -m owner {match} -j DROP", $"* * -> * out eth0 {clauses}");

    [TestCase("-m hbh", "exthdr hop", ExpectedResult = "drop")]
    [TestCase("-m hbh", "exthdr dst|hop,route", ExpectedResult = "accept drop")]
    [TestCase("-m hbh --hbh-len 8", "exthdr hop", ExpectedResult = "accept drop")]
    [TestCase("-m hbh -m dst", "exthdr hop/hop,dst", ExpectedResult = "accept")]
    [TestCase("-m ipv6header --soft --header hop,dst", "exthdr NONE", ExpectedResult = "accept")]
    [TestCase("-m ipv6header --soft --header hop,dst", "exthdr hop exthdr dst", ExpectedResult = "drop")]
    [TestCase("-m ipv6header --header esp", "exthdr esp/esp,hop,dst,route,frag,auth", ExpectedResult = "drop")]
    [TestCase("-m frag", "exthdr frag", ExpectedResult = "accept")]
    [TestCase("-m frag --fragid 5", "exthdr !frag", ExpectedResult = "accept")]
    [TestCase("-m rt --rt-type 0", "exthdr !route", ExpectedResult = "accept")]
    public string Settles_extension_headers(string match, string clauses) =>
        Verdicts($"-A INPUT {match} -j DROP", $"* fd00::/8 -> * in * out none {clauses}", Family.IPv6);

    [TestCase("in-set blocked", ExpectedResult = "tcp 198.51.100.0/24 -> *:80 in * out none drop")]
    [TestCase("in-set !blocked", ExpectedResult = "tcp !198.51.100.0/24 -> *:80 in * out none accept")]
    public string A_set_is_its_members_where_the_host_tells_them(string clauses)
    {
        var host = Host[..^1] + ""","sets":[{"name":"blocked","type":"hash:net","members":["198.51.100.0/24"]}]}""";
        var regions = Search("-A INPUT -m set --match-set blocked src -j DROP", $"tcp * -> *:80 in * out none {clauses}", Family.IPv4, host);
        return string.Join("; ", regions.Select(region => $"{region.Space.Single().Replace($" {clauses}", "", StringComparison.Ordinal)} {region.Outcome.Verdict.Name()}"));
    }

    [TestCase("tcp * -> * in * in-set blocked")]
    [TestCase("tcp * -> * in * in-set !blocked match \"string --string \\\"evil\\\" --algo bm\"")]
    [TestCase("tcp * -> * in * options 2/2,4")]
    [TestCase("tcp * -> * in *")]
    [TestCase("* * -> * groups 7")]
    [TestCase("* * -> * in *")]
    [TestCase("* * -> *")]
    public void What_is_found_is_read_back_and_its_witness_goes_there(string space)
    {
        const string rules = """
            -A INPUT -m set --match-set blocked src -j DROP
            -A INPUT -p tcp -m string --string evil --algo bm -j REJECT
            -A INPUT -p tcp -m tcp --tcp-option 4 --dport 80 -j DROP
            -A INPUT -p sctp -m sctp --chunk-types any INIT,DATA -j DROP
            -A INPUT -s 10.0.0.1/255.0.0.255 -j DROP
            -A OUTPUT -m owner --gid-owner 7 --suppl-groups -j DROP
            """;
        foreach (var region in Search(rules, space))
        {
            foreach (var expression in region.Space)
            {
                var outcomes = Search(rules, expression).Where(one => one.Hook == region.Hook).Select(one => one.Outcome).Distinct();
                Assert.That(outcomes, Is.EqualTo(new[] { region.Outcome }), expression);
            }
            var traces = new Evaluator(TablesOf(rules), HostOf(Host)).Trace(region.Witness, new TraceOptions { Assumptions = region.Assumptions });
            Assert.That(traces, Has.Length.EqualTo(1), PacketExpression.Format(region.Witness));
            Assert.That(traces[0].Verdict, Is.EqualTo(region.Outcome.Verdict), PacketExpression.Format(region.Witness));
        }
    }

    [TestCase("* * -> * in * in-set {|IPT5017:blockd|}")]
    [TestCase("* * -> * in * in-set blocked match {|IPT5017:\"string --string \\\"evil\\\" --algo kmp\"|} match \"string --string \\\"evil\\\" --algo bm\"")]
    [TestCase("tcp * -> * in * options {|IPT5017:5|},4 groups {|IPT5017:3|}|7")]
    public void Says_what_no_rule_asks_for(string marked)
    {
        const string rules = """
            -A INPUT -m set --match-set blocked src -j DROP
            -A INPUT -p tcp -m string --string evil --algo bm -j REJECT
            -A INPUT -p tcp -m tcp --tcp-option 4 --dport 80 -j DROP
            -A OUTPUT -m owner --gid-owner 7 --suppl-groups -j DROP
            """;
        var markup = Markup.MarkupText.Parse(marked);
        var space = SpaceExpression.Parse(SourceText.From(markup.Text)).Space ?? throw new AssertionException("no space");
        var found = SpaceFactCheck.Of(space, [CompilationOf(rules, Family.IPv4)]).Select(problem => (problem.Id, problem.Location.Span));
        Assert.That(found, Is.EqualTo(markup.Spans.Select(span => (span.Id, span.Span))));
    }

    [Test]
    public void The_example_of_each_problem_shows_it() => Assert.Multiple(() =>
    {
        foreach (var descriptor in SpaceDiagnostics.All)
        {
            var compilation = CompilationOf("-A INPUT -m set --match-set blocked src -j DROP", Family.IPv4);
            var markup = Markup.MarkupText.Parse(descriptor.Example);
            Assert.That(Problems(markup.Text), Is.EqualTo(markup.Spans.Select(span => span.Span)));
            Assert.That(Problems(descriptor.Corrected), Is.Empty);

            IEnumerable<TextSpan> Problems(string text) => SpaceFactCheck.Of(
                SpaceExpression.Parse(SourceText.From(text)).Space ?? throw new AssertionException(text), [compilation]).Select(problem => problem.Location.Span);
        }
    });

    private static string Verdicts(string rules, string space, Family family = Family.IPv4) => string.Join(
        ' ', Search(rules, space, family).Select(region => region.Outcome.Verdict.Name()).Distinct().Order(StringComparer.Ordinal));

    private static List<SearchRegion> Search(string rules, string space, Family family = Family.IPv4, string host = Host)
    {
        var regions = new List<SearchRegion>();
        var parsed = SpaceExpression.Parse(SourceText.From(space)).Space ?? throw new AssertionException(space);
        RegionSearch.Find(CompilationOf(rules, family), family, HostOf(host), parsed, new SearchQuestion(), regions, 1000, CancellationToken.None);
        return regions;
    }

    private static HostFacts HostOf(string json) => HostFactsJson.Read(SourceText.From(json)).Facts ?? throw new AssertionException(json);

    private static RuleCompiler.DecisionTables.CompiledRuleset TablesOf(string rules) =>
        CompilationOf(rules, Family.IPv4).GetTables(Family.IPv4) ?? throw new AssertionException(rules);

    private static Compilation CompilationOf(string rules, Family family) => Compilation.Create(
        SyntaxTree.Parse(SourceText.From($"*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n{rules}\nCOMMIT\n")),
        new CompilationOptions { Family = family });
}
