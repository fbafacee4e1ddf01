using System.Collections.Immutable;
using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.PacketSpaces;

/// <summary>What the host tells, members of sets and types of addresses, is decided for all packets as the evaluator decides it for one.</summary>
internal sealed class KnownFactsTests
{
    private static readonly string[] Packets =
    [
        .. from protocol in (string[])["tcp", "udp"]
           from source in (string[])["10.0.0.1", "10.0.0.9", "10.0.1.1", "192.0.2.7"]
           from destination in (string[])["10.0.0.1", "10.0.0.200"]
           from port in (int[])[22, 80, 53]
           from way in (string[])["in eth0 mark 0 mac 02:00:00:00:00:01", "in wg0 mark 0x10 mac 02:00:00:00:00:02"]
           select $"{protocol} {source}:{port} -> {destination}:{port} {way}",
        "icmp 10.0.0.1 -> 10.0.0.9 type 8 in eth0 mac 02:00:00:00:00:01", "esp 10.0.0.1 -> 10.0.0.9 in eth0 mac 02:00:00:00:00:01",
    ];

    private static readonly HostFacts Server = HostFactsJson.Read(SourceText.From("""
        { "interfaces": [ { "name": "eth0", "addresses": ["10.0.0.1/24", "10.0.0.2/24", "10.0.0.3/24"] } ],
          "sockets": [ { "protocol": "tcp", "address": "10.0.0.1", "port": 80, "transparent": true },
                       { "protocol": "tcp", "address": "10.0.0.2", "port": 80, "transparent": false },
                       { "protocol": "tcp", "address": "0.0.0.0", "port": 80, "transparent": true },
                       { "protocol": "tcp", "address": "10.0.0.2", "port": 81, "transparent": false },
                       { "protocol": "tcp", "address": "0.0.0.0", "port": 81, "transparent": true },
                       { "protocol": "udp", "address": "0.0.0.0", "port": 53, "transparent": false } ] }
        """)).Facts ?? throw new FormatException();

    [TestCase("hash:ip", "src", "10.0.0.1", "10.0.1.1")]
    [TestCase("hash:net", "src", "10.0.0.0/16", "10.0.0.0/24 nomatch", "10.0.0.8/29")]
    [TestCase("hash:net", "dst", "10.0.0.0/8", "10.0.0.200 nomatch")]
    [TestCase("bitmap:port", "dst", "22", "50-80")]
    [TestCase("hash:ip,port", "src,dst", "10.0.0.1,tcp:22", "10.0.0.1,udp:53", "10.0.0.9,80", "10.0.0.1,icmp:echo-request", "10.0.0.1,esp:0")]
    [TestCase("hash:ip,port", "src", "10.0.0.1,tcp:22")]
    [TestCase("hash:net,net", "src,dst", "10.0.0.0/24,10.0.0.1", "192.0.2.0/24,10.0.0.0/8")]
    [TestCase("hash:net,iface", "src,src", "10.0.0.0/8,eth0", "192.0.2.0/24,wg wildcard")]
    [TestCase("hash:net,iface", "src,src", "0.0.0.0/1,eth0", "10.0.0.0/24,eth1", "10.0.0.0/29,physdev:eth1", "10.0.0.1,eth0", "10.0.0.1,wg wildcard")]
    [TestCase("hash:ip,mark", "src,src", "10.0.0.1,0x10", "10.0.1.1,0x0")]
    [TestCase("hash:mac", "src", "02:00:00:00:00:01")]
    [TestCase("bitmap:ip,mac", "src,src", "10.0.0.1,02:00:00:00:00:01", "10.0.0.9")]
    [TestCase("list:set", "src", "inner", "missing-not")]
    public void A_set_of_known_members_is_decided_as_packet_by_packet(string type, string directions, params string[] members)
    {
        var compilation = Compile($"-A INPUT -m set --match-set s {directions} -j DROP\n-A INPUT -p udp -m set ! --match-set s {directions} -j REJECT");
        var host = HostInference.Infer(compilation) with
        {
            Sets = [new HostSet("s", type, [.. members]), new HostSet("inner", "hash:net", ["10.0.0.0/24"]), new HostSet("missing-not", "hash:ip", [])],
        };
        var rules = compilation.GetTables(Family.IPv4) ?? throw new AssertionException("no rules");
        var decided = KnownFacts.Decide(rules, host);
        var (one, other) = (new Evaluator(rules, host), new Evaluator(decided, host with { Sets = [] }));
        Assert.Multiple(() =>
        {
            foreach (var text in Packets)
            {
                var packet = PacketAssert.Parse(text);
                Assert.That(VerdictsOf(other, packet), Is.EqualTo(VerdictsOf(one, packet)), text);
            }
        });
    }

    /// <summary>What a rule puts into a set, or into a list, a later rule finds in lists of that set, and in the sets listed (the live kernel does).</summary>
    [TestCase("inner", "s", ExpectedResult = 2)]
    [TestCase("s", "inner", ExpectedResult = 2)]
    [TestCase("s", "second", ExpectedResult = 2)]
    [TestCase("other", "s", ExpectedResult = 1)]
    [TestCase("s", "other", ExpectedResult = 1)]
    public int A_set_is_not_known_behind_a_rule_that_changes_one_that_it_shares_with_a_list(string changed, string asked)
    {
        var compilation = Compile($"-A INPUT -j SET --add-set {changed} src\n-A INPUT -m set --match-set {asked} src -j DROP");
        var host = HostInference.Infer(compilation) with
        {
            Sets = [new HostSet("s", "list:set", ["inner"]), new HostSet("second", "list:set", ["inner"]), new HostSet("inner", "hash:net", ["10.0.0.0/24"]), new HostSet("other", "hash:ip", [])],
        };
        var rules = compilation.GetTables(Family.IPv4) ?? throw new AssertionException("no rules");
        var packet = PacketAssert.Parse("tcp 192.0.2.7:1 -> 10.0.0.1:80 in eth0 out lo");
        var verdicts = VerdictsOf(new Evaluator(rules, host), packet);
        Assert.That(VerdictsOf(new Evaluator(KnownFacts.Decide(rules, host), host), packet), Is.EqualTo(verdicts));
        return verdicts.Length;
    }

    [TestCase(Family.IPv4, "--dst-type LOCAL")]
    [TestCase(Family.IPv4, "! --dst-type LOCAL")]
    [TestCase(Family.IPv4, "--dst-type UNICAST")]
    [TestCase(Family.IPv4, "--src-type UNICAST --dst-type BROADCAST,MULTICAST")]
    [TestCase(Family.IPv4, "--dst-type LOCAL --limit-iface-in")]
    [TestCase(Family.IPv4, "--dst-type UNICAST --limit-iface-in")]
    [TestCase(Family.IPv6, "--dst-type LOCAL")]
    [TestCase(Family.IPv6, "--dst-type UNICAST")]
    [TestCase(Family.IPv6, "--dst-type UNREACHABLE")]
    [TestCase(Family.IPv6, "--dst-type ANYCAST")]
    [TestCase(Family.IPv6, "! --src-type MULTICAST --dst-type LOCAL --limit-iface-in")]
    public void Types_of_addresses_are_decided_as_packet_by_packet(Family family, string options)
    {
        var host = HostFactsJson.Read(SourceText.From("""
            { "interfaces": [ { "name": "eth0", "addresses": ["10.0.0.1/24", "fd00::1/64"] },
                              { "name": "eth1", "addresses": ["10.1.0.1/32", "fe80::1/64"] } ],
              "routes": [ { "destination": "10.9.0.0/16", "type": "local", "interface": "lo" },
                          { "destination": "fd09::/32", "via": "fd00::9", "interface": "eth0" } ] }
            """)).Facts ?? throw new AssertionException("no facts");
        string[] addresses = family == Family.IPv4
            ? ["10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.255", "10.1.0.1", "10.9.3.4", "10.10.0.0", "127.3.4.5", "128.0.0.0", "224.0.0.1", "240.0.0.0", "255.255.255.255"]
            : ["[fd00::]", "[fd00::1]", "[fd00::2]", "[fe80::]", "[fe80::1]", "[fe80::2]", "[fd09::1]", "[fd0a::1]", "[::1]", "[::2]", "[ff02::1]"];
        var compilation = Compile($"-A INPUT -m addrtype {options} -j DROP", family);
        var rules = compilation.GetTables(family) ?? throw new AssertionException("no rules");
        var (one, other) = (new Evaluator(rules, host), new Evaluator(KnownFacts.Decide(rules, host), host));
        var verdicts = new HashSet<Verdict>();
        Assert.Multiple(() =>
        {
            foreach (var text in from source in addresses
                                 from destination in addresses
                                 from link in (string[])["eth0", "eth1", "tun0"]
                                 select $"udp {source}:1 -> {destination}:2 in {link} out lo")
            {
                var packet = PacketAssert.Parse(text);
                var verdict = VerdictsOf(one, packet);
                verdicts.UnionWith(verdict);
                Assert.That(VerdictsOf(other, packet), Is.EqualTo(verdict), text);
            }
        });
        Assert.That(verdicts, Has.Count.EqualTo(2));
    }

    [TestCase("*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m socket -j DROP\nCOMMIT\n")]
    [TestCase("*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m socket --transparent --nowildcard -j DROP\nCOMMIT\n")]
    [TestCase("*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -m socket --nowildcard -j DROP\n-A PREROUTING -p tcp -m tcp --dport 80 -j TPROXY --on-port 80\nCOMMIT\n")]
    [TestCase("*mangle\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n-A INPUT -m socket --transparent --nowildcard -j DROP\n-A PREROUTING -p tcp -m tcp --dport 80 -j TPROXY --on-port 81\nCOMMIT\n")]
    public void Listeners_are_found_as_packet_by_packet(string dump)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)));
        var rules = compilation.GetTables(Family.IPv4) ?? throw new AssertionException("no rules");
        var (one, other) = (new Evaluator(rules, Server), new Evaluator(KnownFacts.Decide(rules, Server), Server));
        var verdicts = new HashSet<Verdict>();
        Assert.Multiple(() =>
        {
            foreach (var text in from protocol in (string[])["tcp", "udp"]
                                 from destination in (string[])["10.0.0.1", "10.0.0.2", "10.0.0.3"]
                                 from port in (int[])[53, 80, 81]
                                 from state in (string[])["", " state ESTABLISHED", " state UNTRACKED", " fragment"]
                                 select $"{protocol} 192.0.2.7{(state == " fragment" ? "" : ":1")} -> {destination}{(state == " fragment" ? "" : $":{port}")} in eth0{state}")
            {
                var packet = PacketAssert.Parse(text);
                var verdict = VerdictsOf(one, packet);
                verdicts.UnionWith(verdict);
                Assert.That(VerdictsOf(other, packet), Is.EqualTo(verdict), text);
            }
        });
        Assert.That(verdicts.Intersect([Verdict.Accept, Verdict.Drop]).Count(), Is.EqualTo(2));
    }

    [Test]
    public void Only_listeners_that_differ_make_a_difference_between_two_hosts()
    {
        var dump = Compile("-A INPUT -m socket --nowildcard -j DROP");
        var other = Server with { Sockets = Server.Sockets.RemoveAll(socket => socket.Protocol == IpProtocol.Udp) };
        Assert.That(
            SemanticDiff.Compare(dump, dump, new DiffOptions { OldHost = Server, NewHost = other }).Regions.SelectMany(region => region.Space).Order(StringComparer.Ordinal),
            Is.EqualTo((string[])["udp * -> *:53 in * out none state !ESTABLISHED", "udp * -> *:53 out lo state !ESTABLISHED"]));
    }

    [Test]
    public void Only_members_that_differ_make_a_difference_between_two_hosts()
    {
        var dump = Compile("-A INPUT -m set --match-set s src -j DROP");
        var host = HostInference.Infer(dump);
        var region = SemanticDiff.Compare(dump, dump, new DiffOptions
        {
            OldHost = host with { Sets = [new HostSet("s", "hash:net", ["10.0.0.0/24", "192.0.2.7"])] },
            NewHost = host with { Sets = [new HostSet("s", "hash:net", ["10.0.0.0/25", "192.0.2.7"])] },
        }).Regions.Single();
        Assert.Multiple(() =>
        {
            Assert.That(region.Space, Is.EqualTo(new[] { "* 10.0.0.128/25 -> * in * out none", "* 10.0.0.128/25 -> * out lo" }));
            Assert.That(region.Assumptions, Is.Empty);
        });
    }

    [Test]
    public void Thousands_of_members_are_one_test()
    {
        var dump = Compile("-A INPUT -p tcp -m set --match-set s src -m multiport --dports 22,80 -j DROP");
        var host = HostInference.Infer(dump) with
        {
            Sets = [new HostSet("s", "hash:ip", [.. Enumerable.Range(0, 6000).Select(n => new IpAddress(Family.IPv4, (uint)(0x0A000000 + (3 * n))).ToString())])],
        };
        var regions = new List<SearchRegion>();
        var space = SpaceExpression.Parse(SourceText.From("tcp 10.0.0.3,10.0.0.4 -> *:80 in eth0")).Space ?? throw new AssertionException("no space");
        RegionSearch.Find(dump, Family.IPv4, host, space, new SearchQuestion { Verdict = Verdict.Drop }, regions, int.MaxValue, default);
        Assert.That(regions.Single().Space, Is.EqualTo(new[] { "tcp 10.0.0.3 -> *:80 in eth0 out none" }));
    }

    private static ImmutableArray<Verdict> VerdictsOf(Evaluator evaluator, Packet packet) =>
        [.. evaluator.Trace(packet).Select(trace => trace.Verdict).Order()];

    private static Compilation Compile(string rules, Family family = Family.IPv4) => Compilation.Create(
        SyntaxTree.Parse(SourceText.From($"*filter\n:INPUT ACCEPT [0:0]\n{rules}\nCOMMIT\n")), new CompilationOptions { Family = family });
}
