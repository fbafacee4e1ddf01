using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Oracles.SmallDomain;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

/// <summary>On a host that routes marked packets by <c>eth2</c>, where they go to 172.16.0.2.</summary>
internal sealed class MarkRoutesTests
{
    private const string Mark = "-A OUTPUT -j MARK --set-xmark 0x1/0xffffffff\n";
    private const string Hash = "-A OUTPUT -j HMARK --hmark-tuple src --hmark-mod 4 --hmark-rnd 0x1\n";
    private const string Queue = "-A OUTPUT -j NFQUEUE --queue-num 5 --queue-bypass\n";
    private const string Unmarked = "tcp 10.77.0.1:40000 -> 172.16.0.2:80 out eth0 mark 0";

    [TestCase(Mark, Unmarked, Flavour.Nft, ExpectedResult = true)]
    [TestCase(Mark, "tcp 10.77.0.1:40000 -> 203.0.113.9:80 out eth0 mark 0", Flavour.Nft, ExpectedResult = false)]
    [TestCase(Mark, "tcp 10.77.0.1:40000 -> 172.16.0.2:80 out eth0 mark 0x1", Flavour.Nft, ExpectedResult = false)]
    [TestCase(Hash, Unmarked, Flavour.Nft, ExpectedResult = true)]
    [TestCase(Hash + "-A OUTPUT -j MARK --set-xmark 0x0/0x3\n", Unmarked, Flavour.Nft, ExpectedResult = false)]
    [TestCase("", Unmarked, Flavour.Nft, ExpectedResult = false)]
    [TestCase(Mark + Queue, Unmarked, Flavour.Nft, ExpectedResult = false)]
    [TestCase(Mark + Queue, Unmarked, Flavour.Legacy, ExpectedResult = true)]
    public bool Drops_what_leaves_by_eth2(string rules, string packet, Flavour flavour)
    {
        var (open, closed) = (Compile(rules, flavour), Compile(rules + "-A POSTROUTING -o eth2 -j DROP\n", flavour));
        var host = SmallJourneys.HostOf(1);
        var result = SemanticDiff.Compare(open, closed, new DiffOptions { OldHost = host, NewHost = host });
        var sets = new SpaceSets(result.Regions.SelectMany(region => region.Space).Append(packet));
        var isDropped = new Evaluator(closed, Family.IPv4, host)
            .Trace(PacketExpression.Parse(SourceText.From(packet)).Packet ?? throw new FormatException(packet)).Any(trace => trace.Verdict == Verdict.Drop);
        var isTold = result.Regions.Any(region => region.Space.Any(space => sets.Meet(space, packet)));
        Assert.That(isTold, Is.EqualTo(isDropped));
        return isTold;
    }

    private static Compilation Compile(string rules, Flavour flavour) => Compilation.Create(
        SyntaxTree.Parse(SourceText.From($"*mangle\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n{rules}COMMIT\n")),
        new CompilationOptions { Flavour = flavour });
}
