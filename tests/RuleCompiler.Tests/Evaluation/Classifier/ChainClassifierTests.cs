using System.Globalization;
using CsCheck;
using NUnit.Framework;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Evaluation.Classifier;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Tests.Oracles;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Evaluation.Classifier;

internal sealed class ChainClassifierTests
{
    private const string Calls = """
        *filter
        :INPUT DROP [0:0]
        :FORWARD ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :WEB - [0:0]
        :DEEP - [0:0]
        :AWAY - [0:0]
        -A INPUT -i lo -j ACCEPT
        -A INPUT -s 10.9.0.0/16 -j LOG
        -A INPUT -p tcp -m multiport --dports 80,443,8000:8100 -j WEB
        -A INPUT -s 10.8.0.0/16 -g AWAY
        -A INPUT -p tcp -m tcp --dport 80 -j REJECT
        -A INPUT -p udp -j ACCEPT
        -A WEB -s 10.1.2.0/24 -j RETURN
        -A WEB -s 10.1.0.0/16 -j DEEP
        -A WEB -p tcp -m tcp ! --dport 443 -j DROP
        -A DEEP -p tcp -m tcp --dport 443 -m limit --limit 5/sec -j ACCEPT
        -A DEEP -p tcp -m tcp --dport 443 -j DROP
        -A AWAY -p udp -m udp --dport 53 -j DROP
        COMMIT
        """;

    [TestCase("tcp 10.1.1.1:1 -> 10.1.0.1:22 in lo", ExpectedResult = "INPUT#1 Accept")]
    [TestCase("tcp 10.1.1.1:1 -> 10.1.0.1:8050 in eth0", ExpectedResult = "WEB#3 Drop")]
    [TestCase("tcp 10.1.2.1:1 -> 10.1.0.1:80 in eth0", ExpectedResult = "INPUT#5 Reject")]
    [TestCase("tcp 10.1.2.1:1 -> 10.1.0.1:443 in eth0", ExpectedResult = "INPUT Drop")]
    [TestCase("tcp 10.1.1.1:1 -> 10.1.0.1:443 in eth0", ExpectedResult = "DEEP#1 Accept, DEEP#2 Drop")]
    [TestCase("udp 10.8.0.1:1 -> 10.1.0.1:53 in eth0", ExpectedResult = "AWAY#1 Drop")]
    [TestCase("udp 10.8.0.1:1 -> 10.1.0.1:54 in eth0", ExpectedResult = "INPUT Drop")]
    [TestCase("udp 10.9.0.1:1 -> 10.1.0.1:54 in eth0", ExpectedResult = "INPUT#6 Accept")]
    public string Calls_and_unknowns_are_followed(string packet)
    {
        var tables = Tables(Calls, Family.IPv4);
        var given = Traced.Packet(packet);
        var outcomes = Classify(new Evaluator(tables, Traced.ReadHost(Traced.Host), Searching(tables)), given);
        return string.Join(", ", outcomes.Select(o => $"{o.Chain?.Name}{(o.RuleNumber is { } n ? $"#{n}" : "")} {o.Verdict}"));
    }

    [Test]
    public void Rows_of_called_chains_stand_where_the_call_stands()
    {
        var tables = Tables(Calls, Family.IPv4);
        var input = tables.FindBaseChain(TableKind.Filter, Hook.Input) ?? throw new InvalidOperationException();
        var classifier = ChainClassifier.Create(tables, input) ?? throw new InvalidOperationException();
        Assert.That(
            classifier.Entries.Select(Describe),
            Is.EqualTo(new[] { "INPUT#1", "WEB#1", "DEEP#1?", "DEEP#2", "WEB#3", "AWAY#1", "INPUT end", "INPUT#5", "INPUT#6" }));
        Assert.That(classifier.Lanes.Select(lane => lane.Field), Is.SupersetOf(new[] { PacketField.Source, PacketField.DestinationPort }));
    }

    [TestCase("MARK --set-xmark 0x1/0xffffffff", "-m mark --mark 0x1", Family.IPv4)]
    [TestCase("ECN --ecn-tcp-ece 1", "-m tcp --tcp-flags ALL SYN", Family.IPv4)]
    [TestCase("TCPMSS --set-mss 1000", "-m tcpmss --mss 1000", Family.IPv4)]
    [TestCase("TCPMSS --set-mss 1000", "-m length --length 44", Family.IPv4)]
    [TestCase("DNPT --src-pfx fd00::/64 --dst-pfx fd77::/64", "-m addrtype --dst-type LOCAL", Family.IPv6)]
    public void A_field_that_a_rule_changes_is_no_lane(string target, string match, Family family)
    {
        var tables = Tables(
            $"""
            *mangle
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -p tcp -j {target}
            -A PREROUTING -p tcp {match} -j DROP
            COMMIT
            """,
            family);
        var chain = tables.FindBaseChain(TableKind.Mangle, Hook.Prerouting) ?? throw new InvalidOperationException();
        Assert.That(ChainClassifier.Create(tables, chain)?.Lanes.Select(lane => lane.Field), Is.EqualTo(new[] { PacketField.Protocol }));
    }

    [TestCase(1)]
    [TestCase(12)]
    public void A_search_ends_as_a_walk_does(int size) => Gen.Int[0, 1_000_000].Sample(
        seed =>
        {
            var one = RandomCase.FromSeed(seed, size);
            var family = one.IsV6 ? Family.IPv6 : Family.IPv4;
            if (Compile(one.Dump, family) is not { } compilation || compilation.GetTables(family) is not { } tables)
            {
                return; // the tools refuse it too; that is another test's matter
            }
            var host = Traced.ReadHost(one.Host);
            var walking = new Evaluator(tables, host, new ChainClassifiers(tables, packetsBefore: int.MaxValue));
            var searching = new Evaluator(tables, host, Searching(tables));
            foreach (var text in one.Packets)
            {
                var packet = Traced.Packet(text);
                Assert.That(
                    Outcomes(searching, packet),
                    Is.EqualTo(Outcomes(walking, packet)),
                    () => $"seed {seed.ToString(CultureInfo.InvariantCulture)}\n{one.Host}\n{one.Dump}{text}");
            }
        },
        iter: size == 1 ? 300 : 60);

    [TestCase(1)]
    [TestCase(12)]
    public void A_search_agrees_with_the_reference(int size)
    {
        var compared = 0;
        Gen.Int[0, 1_000_000].Sample(
            seed =>
            {
                var one = RandomCase.FromSeed(seed, size);
                var family = one.IsV6 ? Family.IPv6 : Family.IPv4;
                foreach (var table in RandomTables.OneByOne(one.Dump))
                {
                    if (Compile(table, family) is not { } compilation || compilation.GetTables(family) is not { } tables)
                    {
                        continue;
                    }
                    var host = Traced.ReadHost(one.Host);
                    var searching = new Evaluator(tables, host, Searching(tables));
                    var reference = new ReferenceEvaluator(
                        compilation.GetRuleset(family) ?? throw new InvalidOperationException(), host);
                    foreach (var packet in one.Packets.Select(Traced.Packet))
                    {
                        if (reference.TryTrace(packet) is { } steps)
                        {
                            Interlocked.Increment(ref compared);
                            var found = Classify(searching, packet).Single();
                            var place = found.RuleNumber is { } rule
                                ? string.Create(CultureInfo.InvariantCulture, $" {found.Chain?.Name}#{rule}")
                                : $" {found.Chain?.Name} policy";
                            Assert.That(found.IsLost ? "lost" : found.Verdict.ToString(), Is.EqualTo(steps[^1]), () => $"{seed}\n{table}");
                            Assert.That(found.Chain is null || steps.Any(step => step.EndsWith(place, StringComparison.Ordinal)), () => $"{seed}");
                        }
                    }
                }
            },
            iter: size == 1 ? 200 : 40);
        Assert.That(compared, Is.GreaterThan(0));
    }

    private static ChainClassifiers Searching(CompiledRuleset tables) => new(tables, packetsBefore: 0, minRows: 0);

    private static Compilation? Compile(string dump, Family family)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)), new CompilationOptions { Family = family });
        return compilation.HasErrors ? null : compilation;
    }

    private static CompiledRuleset Tables(string dump, Family family) =>
        Compile(dump, family)?.GetTables(family) ?? throw new InvalidDataException(dump);

    private static List<Classification> Classify(Evaluator evaluator, Packet packet)
    {
        var outcomes = new List<Classification>();
        evaluator.Classify(packet, outcomes);
        return outcomes;
    }

    private static string Outcomes(Evaluator evaluator, Packet packet)
    {
        try
        {
            return string.Join('\n', Classify(evaluator, packet).Select(o =>
                $"{o.Verdict} {o.IsLost} {o.Chain?.Name}#{o.RuleNumber} line {o.Line} {string.Join(';', o.Rewrites.Select(RewriteText.Describe))} {string.Join(';', o.Assumptions)}"));
        }
        catch (EvaluationLimitException e)
        {
            return e.Message;
        }
    }

    private static string Describe(ChainEntry entry) => entry.RowIndex == ChainEntry.EndOfGoto
        ? $"{entry.Table.Chain.Name} end"
        : string.Create(CultureInfo.InvariantCulture, $"{entry.Table.Chain.Name}#{entry.Table.Rows[entry.RowIndex].RuleNumber}{(entry.IsExact ? "" : "?")}");
}
