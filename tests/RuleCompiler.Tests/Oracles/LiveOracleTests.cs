using System.Text.Json.Nodes;
using NUnit.Framework;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Tests.Oracles.Probes;

namespace RuleCompiler.Tests.Oracles;

/// <summary>The evaluator against the running kernel: rule sets, hosts and packets drawn at random.</summary>
internal sealed class LiveOracleTests
{
    private const int ShownDisagreements = 5;

    [Test]
    public void Random_rule_sets() => Verify(LiveOracleBudget.Seeds.Select(seed => RandomCase.FromSeed(seed, SizeFor(seed))));

    [Test]
    public void Random_packets_under_recorded_rule_sets() => Verify(Spread(RecordedRulesets().ToList()));

    /// <remarks>Those that this kernel does not load (a module or a set is missing) are passed over.</remarks>
    [Test]
    public void Random_packets_under_real_rule_sets() => Verify(Spread(RealRulesets.ReadAll().ToList()), skipsRefused: true);

    /// <summary>Mostly rule sets that a reader can follow; now and then one whose packets meet many rules on their way.</summary>
    private static int SizeFor(int seed) => seed % 16 == 0 ? 12 : 1;

    /// <remarks>
    /// One case after the other: a command that another case starts is, until it runs, a copy of this process with all its
    /// sockets open, and so could keep the socket of a packet that is to have none.
    /// </remarks>
    private static void Verify(IEnumerable<RandomCase> cases, bool skipsRefused = false)
    {
        KernelTrace.Require();
        var disagreements = cases.Select(drawn => FindDisagreement(drawn, skipsRefused)).OfType<string>()
            .Take(ShownDisagreements).ToList();
        Assert.That(disagreements, Is.Empty, string.Join("\n", disagreements));
    }

    /// <returns>The first disagreement of the case, told so that it can be seen again; null where there is none.</returns>
    private static string? FindDisagreement(RandomCase drawn, bool skipsRefused)
    {
        IReadOnlyList<ObservedTrace> observed;
        try
        {
            observed = KernelTrace.On(
                drawn.Host, drawn.IsV6, machine => machine.Trace(drawn.Dump, [.. drawn.Packets.Select(ProbeReader.Read)]));
        }
        catch (IOException refusal)
        {
            return skipsRefused ? null : $"The kernel refuses what is drawn:\n{refusal.Message}\n{drawn}";
        }

        var evaluated = LibraryTrace.Run(drawn, out var problems);
        if (problems.Length > 0)
        {
            return $"The kernel takes what the library refuses:\n{problems}\n{drawn}";
        }

        var index = observed.Zip(evaluated).ToList().FindIndex(pair => !Agrees(pair.First, pair.Second));
        return index < 0
            ? null
            : new Disagreement(drawn, drawn.Packets[index], observed[index], evaluated[index]).ToString();
    }

    /// <remarks>With unknowns there are several outcomes, of which the kernel takes one.</remarks>
    private static bool Agrees(ObservedTrace observed, IReadOnlyList<ObservedTrace> evaluated) =>
        evaluated.Any(observed.IsAs);

    /// <summary>As many cases as there are seeds, from all over the rule sets.</summary>
    private static IEnumerable<RandomCase> Spread(List<Func<int, RandomCase>> rulesets)
    {
        const int stride = 37;
        return rulesets.Count == 0
            ? []
            : LiveOracleBudget.Seeds.Select(seed => rulesets[seed * stride % rulesets.Count](seed));
    }

    /// <summary>Rule sets and hosts of the recorded cases; for each, what draws packets for it from a seed.</summary>
    private static IEnumerable<Func<int, RandomCase>> RecordedRulesets() => SharedData.Files("kernel-traces", "*.json")
        .Where(path => Path.GetFileNameWithoutExtension(path) is not ("format" or "refused" or "unknown"))
        .SelectMany(path => JsonNode.Parse(File.ReadAllText(path))!.AsArray())
        .Where(recorded => (string?)recorded!["flavour"] != "legacy")
        .DistinctBy(recorded => $"{recorded!["dump"]}{recorded["host"]!.ToJsonString()}")
        .Select(recorded => (Func<int, RandomCase>)(seed => RandomCase.FromDump(
            (string)recorded!["name"]!,
            recorded["host"]!,
            (string)recorded["dump"]!,
            (string?)recorded["family"] == "ipv6",
            seed)));
}
