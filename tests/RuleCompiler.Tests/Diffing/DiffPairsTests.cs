using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

/// <summary>Pairs of a thousand rules, rewritten so that they mean the same, or with known changes besides.</summary>
internal sealed class DiffPairsTests
{
    private const int RuleCount = 1_000;

    /// <summary>Witnesses that are traced, spread over the regions.</summary>
    private const int MostTraced = 25;

    [Test]
    public void Every_known_change_is_in_a_region_and_every_witness_shows_its_region(
        [Values("flat", "tree")] string kind, [Values("", "split", "reorder", "refactor", "rename", "split,reorder,refactor,rename")] string steps)
    {
        var (old, other, packets) = Generate(kind, steps, changes: 10);
        var result = SemanticDiff.Compare(old, other);
        var sets = new SpaceSets(packets.Concat(result.Regions.SelectMany(region => region.Space)));
        Assert.Multiple(() =>
        {
            Assert.That(result.Equivalence, Is.EqualTo(Equivalence.Different));
            Assert.That(packets.Where(packet => !result.Regions.Any(region => region.Space.Any(space => sets.Meet(packet, space)))), Is.Empty);
            Assert.That(Spread(result.Regions).Select(region => Wrong(region, old, other, result)).OfType<string>(), Is.Empty);
            Assert.That(Told(SemanticDiff.Compare(other, old).Regions, isMirrored: true), Is.EquivalentTo(Told(result.Regions, isMirrored: false)));
        });
    }

    [Test]
    public void What_is_only_rewritten_is_equivalent(
        [Values("flat", "tree")] string kind, [Values("split", "reorder", "refactor", "rename", "split,reorder,refactor,rename")] string steps)
    {
        var (old, other, _) = Generate(kind, steps, changes: 0);
        Assert.That(SemanticDiff.Compare(old, other).Equivalence, Is.EqualTo(Equivalence.Equivalent));
    }

    private static IEnumerable<DiffRegion> Spread(ImmutableArray<DiffRegion> regions) =>
        regions.Where((_, index) => index % ((regions.Length / MostTraced) + 1) == 0);

    private static string? Wrong(DiffRegion region, Compilation old, Compilation other, DiffResult result) =>
        Wrong(region, region.Old, old, result.OldHost) ?? Wrong(region, region.New, other, result.NewHost);

    private static string? Wrong(DiffRegion region, DiffOutcome outcome, Compilation dump, HostFacts host)
    {
        var trace = new Evaluator(dump, region.Family, host).Trace(region.Witness, new RuleCompiler.Evaluation.TraceOptions { Assumptions = region.Assumptions })[0];
        return trace.Verdict == outcome.Verdict && trace.Steps.Any(step => step.Chain == outcome.Chain && step.Rule == outcome.Rule) ? null
            : $"{PacketExpression.Format(region.Witness)} is traced to {trace.Verdict}, not {outcome.Verdict} by {outcome.Chain} {outcome.Rule}";
    }

    private static IEnumerable<string> Told(IEnumerable<DiffRegion> regions, bool isMirrored) => regions.Select(region =>
    {
        var (one, two) = isMirrored ? (region.New, region.Old) : (region.Old, region.New);
        return $"{one.Verdict} {one.Chain}:{one.Rule} {two.Verdict} {two.Chain}:{two.Rule} {region.Count} {string.Join('\n', region.Space.Order(StringComparer.Ordinal))}";
    });

    private static (Compilation Old, Compilation New, ImmutableArray<string> Packets) Generate(string kind, string steps, int changes)
    {
        var script = SharedData.Require("perf/diff_pairs.py");
        var folder = Directory.CreateTempSubdirectory("rulec-pair");
        try
        {
            var prefix = Path.Combine(folder.FullName, "pair");
            ProcessResult.Of(new ProcessStartInfo("python3",
            [
                script, "--base", kind, "--rules", RuleCount.ToString(CultureInfo.InvariantCulture),
                "--changes", changes.ToString(CultureInfo.InvariantCulture), "--steps", steps, "-o", prefix,
            ]));
            using var key = JsonDocument.Parse(File.ReadAllBytes($"{prefix}.key.json"));
            return (Compile($"{prefix}.old.save"), Compile($"{prefix}.new.save"),
                [.. key.RootElement.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("packet").GetString() ?? "")]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Compilation Compile(string path) => Compilation.Create(SyntaxTree.Parse(SourceText.From(File.ReadAllBytes(path))));
}
