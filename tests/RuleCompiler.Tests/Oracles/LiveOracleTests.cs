using System.Text.Json.Nodes;
using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Generators;

namespace RuleCompiler.Tests.Oracles;

/// <summary>The evaluator against the running kernel: rule sets, hosts and packets drawn at random.</summary>
internal sealed class LiveOracleTests
{
    private const int ShownDisagreements = 5;

    [TestCase(Flavour.Nft)]
    [TestCase(Flavour.Legacy)]
    public void Random_rule_sets(Flavour flavour) =>
        Verify(LiveOracleBudget.Seeds(flavour).Select(seed => OracleComparison.Draw(seed, flavour)));

    [TestCase(Flavour.Nft)]
    [TestCase(Flavour.Legacy)]
    public void Random_packets_under_recorded_rule_sets(Flavour flavour) => Verify(Spread(RecordedRulesets(flavour).ToList(), flavour));

    /// <remarks>Those that this kernel does not load (a module or a set is missing) are passed over.</remarks>
    [TestCase(Flavour.Nft)]
    [TestCase(Flavour.Legacy)]
    public void Random_packets_under_real_rule_sets(Flavour flavour) =>
        Verify(Spread(RealRulesets.ReadAll().ToList(), flavour), skipsRefused: true);

    private static void Verify(IEnumerable<RandomCase> cases, bool skipsRefused = false)
    {
        KernelTrace.Require();
        var disagreements = cases.Select(drawn => OracleComparison.Find(drawn, skipsRefused)).OfType<Disagreement>()
            .Select(found => found.ToString()).Take(ShownDisagreements).ToList();
        Assert.That(disagreements, Is.Empty, string.Join("\n", disagreements));
    }

    /// <summary>As many cases as there are seeds, from all over the rule sets.</summary>
    private static IEnumerable<RandomCase> Spread(List<Func<int, RandomCase>> rulesets, Flavour flavour)
    {
        const int stride = 37;
        return rulesets.Count == 0
            ? []
            : LiveOracleBudget.Seeds(flavour).Select(seed => rulesets[seed * stride % rulesets.Count](seed) with { Flavour = flavour });
    }

    /// <summary>Rule sets and hosts of the recorded cases; for each, what draws packets for it from a seed.</summary>
    private static IEnumerable<Func<int, RandomCase>> RecordedRulesets(Flavour flavour) => SharedData.Files("kernel-traces", "*.json")
        .Where(path => Path.GetFileNameWithoutExtension(path) is not ("format" or "refused" or "unknown"))
        .SelectMany(path => JsonNode.Parse(File.ReadAllText(path))!.AsArray())
        .Where(recorded => KernelTrace.IsRecordedOf(flavour, recorded!))
        .DistinctBy(recorded => $"{recorded!["dump"]}{recorded["host"]!.ToJsonString()}")
        .Select(recorded => (Func<int, RandomCase>)(seed => RandomCase.FromDump(
            (string)recorded!["name"]!,
            recorded["host"]!,
            (string)recorded["dump"]!,
            (string?)recorded["family"] == "ipv6",
            seed)));
}
