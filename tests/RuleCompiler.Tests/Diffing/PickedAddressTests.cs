using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

/// <summary>An address picked of a range may be the packet's own, or that of another rule: such a region says that it is not exact.</summary>
internal sealed class PickedAddressTests
{
    private static readonly string[] Addresses = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.9", "10.9.0.9"];

    /// <returns>Whether regions are exact, or some of their packets may be treated alike.</returns>
    [TestCase("", "-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.1-10.0.0.4", ExpectedResult = "exact some")]
    [TestCase("-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.3", "-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.1-10.0.0.4", ExpectedResult = "some")]
    [TestCase("-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.9", "-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.1-10.0.0.4", ExpectedResult = "exact")]
    [TestCase("-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.4-10.0.0.5", "-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.1-10.0.0.4", ExpectedResult = "some")]
    [TestCase("-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.5-10.0.0.9", "-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.1-10.0.0.4", ExpectedResult = "exact")]
    [TestCase("", "-A PREROUTING -p tcp -j NETMAP --to 10.0.0.0/29", ExpectedResult = "exact")]
    [TestCase("-A PREROUTING -p tcp -j NETMAP --to 10.0.0.0/30", "-A PREROUTING -p tcp -j NETMAP --to 10.0.0.0/29", ExpectedResult = "exact some")]
    [TestCase("", "-A POSTROUTING -p tcp -j SNAT --to-source 10.0.0.1-10.0.0.4", ExpectedResult = "exact")]
    public string A_region_holds_what_is_treated_otherwise(string before, string after)
    {
        var (old, other) = (Compile(before), Compile(after));
        var result = SemanticDiff.Compare(old, other);
        var packets = (from source in Addresses from destination in Addresses select $"tcp {source}:80 -> {destination}:80 in eth0 out eth1 state NEW").ToList();
        var sets = new SpaceSets(result.Regions.SelectMany(region => region.Space).Concat(packets), Family.IPv4);
        var host = HostInference.Infer(old);
        var (was, becomes) = (new Evaluator(old, Family.IPv4, host), new Evaluator(other, Family.IPv4, host));
        Assert.Multiple(() =>
        {
            foreach (var packet in packets)
            {
                var regions = result.Regions.Where(region => region.Space.Any(space => sets.Meet(space, packet))).ToList();
                var differs = Outcome(was, packet) != Outcome(becomes, packet);
                Assert.That(regions, Has.Count.EqualTo(differs ? 1 : regions.Exists(region => !region.IsExact) ? 1 : 0), packet);
            }
        });
        return string.Join(' ', result.Regions.Select(region => region.IsExact ? "exact" : "some").Distinct().Order());
    }

    private static string Outcome(Evaluator evaluator, string packet)
    {
        var trace = evaluator.Trace(PacketExpression.Parse(SourceText.From(packet)).Packet ?? throw new FormatException(packet)).Single();
        return $"{trace.Verdict} {string.Join(' ', trace.Rewrites.Select(rewrite => (rewrite.Source, rewrite.Destination)))}";
    }

    private static Compilation Compile(string rules) => Compilation.Create(
        SyntaxTree.Parse(SourceText.From($"*nat\n:PREROUTING ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n{rules}\nCOMMIT\n")),
        new CompilationOptions { Family = Family.IPv4 });
}
