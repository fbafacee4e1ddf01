using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

/// <summary>What MASQUERADE, REDIRECT and TPROXY make of packets, by the machine's addresses and sockets: regions against the evaluator, packet by packet.</summary>
internal sealed class OwnAddressesTests
{
    private const string Router = """
        { "interfaces": [
            { "name": "eth0", "addresses": ["10.0.0.1/24", "fd00::1/64"] },
            { "name": "eth1", "addresses": ["10.1.0.1/24", "10.1.0.2/32", "fe80::1/64"] },
            { "name": "eth2", "addresses": [] } ],
          "routes": [ { "destination": "default", "via": "10.0.0.254", "interface": "eth0" },
                      { "destination": "default", "via": "fd00::fe", "interface": "eth0" } ],
          "sockets": [ { "protocol": "tcp", "address": "10.0.0.1", "port": 80, "transparent": true },
                       { "protocol": "tcp", "address": "::", "port": 80, "transparent": true },
                       { "protocol": "tcp", "address": "10.1.0.1", "port": 80, "transparent": false },
                       { "protocol": "tcp", "address": "0.0.0.0", "port": 81, "transparent": true },
                       { "protocol": "udp", "address": "0.0.0.0", "port": 80, "transparent": true } ] }
        """;

    private static readonly string[] Links = ["lo", "eth0", "eth1", "eth2", "tun0"];
    private static readonly string[] Addresses4 = ["10.0.0.1", "10.0.0.9", "10.1.0.1", "10.1.0.2", "8.8.8.8"];
    private static readonly string[] Addresses6 = ["[fd00::1]", "[fe80::1]", "[fe80::9]", "[2001:db8::9]", "[::1]", "[ff02::9]"];

    [TestCase(Family.IPv4, "-A PREROUTING -p tcp -j REDIRECT", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A PREROUTING -p tcp -j REDIRECT --to-ports 80", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A POSTROUTING -j MASQUERADE", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A POSTROUTING -o eth0 -j MASQUERADE", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A OUTPUT -p tcp -j REDIRECT", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A OUTPUT -p tcp -j DNAT --to-destination 10.1.0.9\n-A POSTROUTING -j MASQUERADE", ExpectedResult = true)]
    [TestCase(Family.IPv6, "-A PREROUTING -p tcp -j REDIRECT", ExpectedResult = true)]
    [TestCase(Family.IPv6, "-A POSTROUTING ! -o lo -j MASQUERADE", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A PREROUTING -p tcp -j TPROXY --on-port 80", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A PREROUTING -p tcp -j TPROXY --on-port 81 --tproxy-mark 0x1/0x1", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A PREROUTING -p tcp -j TPROXY --on-port 0 --on-ip 10.0.0.1", ExpectedResult = true)]
    [TestCase(Family.IPv6, "-A PREROUTING -p tcp -j TPROXY --on-port 80", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A POSTROUTING -j RETURN", ExpectedResult = false)]
    public bool A_rule_changes_just_what_it_changes(Family family, string rules) =>
        Agree(family, HostOf(Router), HostOf(Router), "", rules);

    [TestCase("10.0.0.1/24", "10.0.0.9/24", "-A POSTROUTING -o eth0 -j MASQUERADE", ExpectedResult = true)]
    [TestCase("10.0.0.1/24", "10.0.0.9/24", "-A POSTROUTING -o eth1 -j MASQUERADE", ExpectedResult = false)]
    [TestCase("10.0.0.1/24", "10.0.0.9/24", "-A PREROUTING -i eth0 -p tcp -j REDIRECT", ExpectedResult = true)]
    [TestCase("10.0.0.1/24", "10.0.0.9/24", "-A PREROUTING -i eth0 -p tcp -j TPROXY --on-port 81", ExpectedResult = true)]
    [TestCase("[]", "[\"10.2.0.1/24\"]", "-A PREROUTING -i eth2 -p tcp -j REDIRECT", ExpectedResult = true)]
    public bool Another_address_is_another_outcome(string before, string after, string rules) =>
        Agree(Family.IPv4, HostOf(Router), HostOf(Router.Replace(before, after, StringComparison.Ordinal)), rules, rules);

    /// <summary>What a dump does not tell of a machine drops no packets: other interfaces, link-local addresses.</summary>
    [TestCase("-A PREROUTING -p tcp -j REDIRECT --to-ports 80", "tcp 8.8.8.8:1 -> 10.9.9.9:81 in tun0", ExpectedResult = Verdict.Accept)]
    [TestCase("-A PREROUTING -p tcp -j REDIRECT --to-ports 80", "tcp [2001:db8::1]:1 -> [fe80::9]:81 in eth0", ExpectedResult = Verdict.Accept)]
    public Verdict Inferred_machines_have_an_address_everywhere(string rules, string packet)
    {
        var family = packet.Contains('[', StringComparison.Ordinal) ? Family.IPv6 : Family.IPv4;
        var compilation = Compile(rules, family);
        return new Evaluator(compilation, family, HostInference.Infer(compilation)).Trace(Read(packet)).Single().Verdict;
    }

    /// <summary>Whether any packet is treated otherwise.</summary>
    private static bool Agree(Family family, HostFacts before, HostFacts after, string old, string other)
    {
        var (one, another) = (Compile(old, family), Compile(other, family));
        var result = SemanticDiff.Compare(one, another, new DiffOptions { OldHost = before, NewHost = after });
        var (was, becomes) = (new Evaluator(one, family, before), new Evaluator(another, family, after));
        var sets = new SpaceSets(result.Regions.SelectMany(region => region.Space).Concat(PacketsOf(family)), family);
        var differs = false;
        Assert.Multiple(() =>
        {
            foreach (var packet in PacketsOf(family))
            {
                if (Outcome(was, packet) is { } then && Outcome(becomes, packet) is { } now)
                {
                    differs |= then != now;
                    Assert.That(
                        result.Regions.Count(region => region.Space.Any(space => sets.Meet(space, packet))), Is.EqualTo(then == now ? 0 : 1),
                        $"{packet}: {then} -> {now}");
                }
            }
        });
        return differs;
    }

    private static IEnumerable<string> PacketsOf(Family family)
    {
        var addresses = family == Family.IPv4 ? Addresses4 : Addresses6;
        return from source in addresses
               from destination in addresses
               from way in (IEnumerable<string>)
                   [.. Links.Select(link => $"out {link}"), .. Links.Where(link => link != "lo").SelectMany(link => new[] { $"in {link} out lo", $"in {link} out eth1" })]
               select $"tcp {source}:80 -> {destination}:80 {way} state NEW mark 0";
    }

    /// <summary>Null where routing loses the packet.</summary>
    private static string? Outcome(Evaluator evaluator, string packet)
    {
        var trace = evaluator.Trace(Read(packet)).Single();
        return trace.Lost is null ? $"{trace.Verdict} {string.Join(' ', trace.Rewrites)}" : null;
    }

    private static Compilation Compile(string rules, Family family = Family.IPv4) => Compilation.Create(
        SyntaxTree.Parse(SourceText.From($"*{(rules.Contains("TPROXY", StringComparison.Ordinal) ? "mangle" : "nat")}\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n{rules}\nCOMMIT\n")),
        new CompilationOptions { Family = family });

    private static Packet Read(string text) => PacketExpression.Parse(SourceText.From(text)).Packet ?? throw new FormatException(text);

    private static HostFacts HostOf(string json) => HostFactsJson.Read(SourceText.From(json)).Facts ?? throw new AssertionException(json);
}
