using System.Globalization;
using CsCheck;
using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class SourcePortClassesTests
{
    [TestCase("-A INPUT -p tcp -m tcp --dport 80 -j DROP", 1, 65535, ExpectedResult = true)]
    [TestCase("-A INPUT -p tcp -m tcp --sport 1024:2000 -j DROP", 1024, 2000, ExpectedResult = true)]
    [TestCase("-A INPUT -p tcp -m tcp --sport 1024:2000 -j DROP", 2000, 2001, ExpectedResult = false)]
    [TestCase("-A INPUT -p tcp -m tcp ! --sport 1024:2000 -j DROP", 1023, 1024, ExpectedResult = false)]
    [TestCase("-A INPUT -p tcp -m multiport --ports 53,80 -j DROP", 79, 80, ExpectedResult = false)]
    [TestCase("-A INPUT -p tcp -m multiport --ports 53,80 -j DROP", 54, 79, ExpectedResult = true)]
    public bool Ports_that_no_rule_tells_apart_are_of_one_class(string rule, int one, int other)
    {
        var classes = Find(Filter(rule), Family.IPv4) ?? throw new InvalidOperationException();
        return classes.ClassOf((ushort)one) == classes.ClassOf((ushort)other);
    }

    [TestCase("-A INPUT -m set --match-set A src,src -j DROP")]
    [TestCase("-A INPUT -p tcp -m conntrack --ctorigsrcport 80 -j DROP")]
    [TestCase("-A INPUT -m socket -j DROP")]
    [TestCase("-A INPUT -j HMARK --hmark-tuple src,sport --hmark-mod 10 --hmark-offset 1 --hmark-rnd 0x1", "mangle")]
    [TestCase("-A POSTROUTING -j MASQUERADE", "nat")]
    [TestCase("-A POSTROUTING -p tcp -j SNAT --to-source 10.0.0.1:1000-2000", "nat")]
    public void Where_a_port_matters_otherwise_there_are_none(string rule, string table = "filter") =>
        Assert.That(Find($"*{table}\n{rule}\nCOMMIT\n", Family.IPv4), Is.Null);

    [Test]
    public void Packets_that_differ_in_a_port_of_one_class_end_the_same_way()
    {
        var compared = 0;
        Gen.Select(Gen.Int[0, 1_000_000], Gen.UShort).Sample(
            (seed, port) =>
            {
                var one = RandomCase.FromSeed(seed, size: 4);
                var family = one.IsV6 ? Family.IPv6 : Family.IPv4;
                foreach (var table in RandomTables.OneByOne(one.Dump))
                {
                    if (Compile(table, family) is not { } compilation || SourcePortClasses.Find(compilation) is not { } classes)
                    {
                        continue;
                    }
                    var evaluator = new Evaluator(compilation, family, Traced.ReadHost(one.Host));
                    foreach (var packet in one.Packets.Select(Traced.Packet))
                    {
                        if (packet is { Translation: null, Source.Port: { } old } && classes.ClassOf(port) == classes.ClassOf(old))
                        {
                            Interlocked.Increment(ref compared);
                            var other = packet with { Source = packet.Source with { Port = port } };
                            Assert.That(Outcomes(evaluator, other), Is.EqualTo(Outcomes(evaluator, packet)), () => $"{seed}\n{table}{PacketExpression.Format(packet)}");
                        }
                    }
                }
            },
            iter: 150);
        Assert.That(compared, Is.GreaterThan(0));
    }

    private static string Filter(string rule) => $"*filter\n:INPUT ACCEPT [0:0]\n{rule}\nCOMMIT\n";

    private static SourcePortClasses? Find(string dump, Family family) =>
        SourcePortClasses.Find(Compile(dump, family) ?? throw new InvalidDataException(dump));

    private static Compilation? Compile(string dump, Family family)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)), new CompilationOptions { Family = family });
        return compilation.HasErrors ? null : compilation;
    }

    private static string Outcomes(Evaluator evaluator, Packet packet)
    {
        var outcomes = new List<Classification>();
        evaluator.Classify(packet, outcomes);
        return string.Join('\n', outcomes.Select(o => string.Create(
            CultureInfo.InvariantCulture,
            $"{o.Verdict} {o.IsLost} {o.Chain?.Name}#{o.RuleNumber} {string.Join(';', o.Rewrites.Select(RewriteText.Describe))} {string.Join(';', o.Assumptions)}")));
    }
}
