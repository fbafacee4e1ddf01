using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

/// <summary>What is told about a connection: by conntrack, which looks a packet up behind raw, and by CT rules.</summary>
internal sealed class TrackedDiffTests
{
    [TestCase("-m connmark --mark 0x1")]
    [TestCase("-m state --state NEW")]
    [TestCase("-m conntrack --ctorigdst 10.1.0.9")]
    [TestCase("-m conntrack --ctstate DNAT")]
    public void In_raw_no_connection_is_known_yet(string test)
    {
        var (old, other) = (Raw($"-A OUTPUT {test} -j ACCEPT\n-A OUTPUT -j DROP"), Raw($"-A OUTPUT {test} -j ACCEPT\n-A OUTPUT -j ACCEPT"));
        Assert.That(Spaces(old, other), Is.EqualTo(new[] { "* * -> *" }));
    }

    [Test]
    public void Packets_that_get_into_other_zones_are_regions_of_their_own()
    {
        var (old, other) = (
            Raw("-A PREROUTING -p tcp -m tcp --dport 81 -j CT --zone 5"), Raw("-A PREROUTING -p tcp -m tcp --dport 82 -j CT --zone 5"));
        var regions = SemanticDiff.Compare(old, other).Regions.Where(region => region.Space.Any(space => space.Contains(" in *", StringComparison.Ordinal)));
        Assert.That(
            regions.Select(region => $"{region.Old.Changes} -> {region.New.Changes}: {string.Join(" | ", region.Space)}"),
            Is.EquivalentTo(new[]
            {
                "zone 5 -> : tcp * -> *:81 in * state !UNTRACKED",
                " -> zone 5: tcp * -> *:82 in * state !UNTRACKED",
            }));
    }

    [Test]
    public void A_queue_is_told_by_its_number()
    {
        var (old, other) = (Raw("-A OUTPUT -j NFQUEUE --queue-num 3"), Raw("-A OUTPUT -j NFQUEUE --queue-balance 3:5 --queue-bypass"));
        var region = SemanticDiff.Compare(old, other).Regions[0];
        Assert.That((region.Old.Detail, region.New.Changes), Is.EqualTo(("3", "queue 3-5 bypass")));
    }

    private static IEnumerable<string> Spaces(Compilation old, Compilation other) =>
        SemanticDiff.Compare(old, other).Regions.SelectMany(region => region.Space);

    private static Compilation Raw(string rules) => Compilation.Create(SyntaxTree.Parse(SourceText.From(
        $"*raw\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n{rules}\nCOMMIT\n")));
}
