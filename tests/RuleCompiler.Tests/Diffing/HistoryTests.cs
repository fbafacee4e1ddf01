using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Cli;

namespace RuleCompiler.Tests.Diffing;

/// <summary>Real dumps before and after a change by their owners.</summary>
internal sealed class HistoryTests
{
    /// <summary>Of both together: a pair of long block lists takes a minute.</summary>
    private const int MostBytes = 16_000;

    /// <summary>Each older state and the one after it, of short dumps: files of one name, told apart by date and commit.</summary>
    private static IEnumerable<TestCaseData> Pairs()
    {
        var states = Corpora.Files.Where(file => file.TopFolder != "canonical" && file.Name.Contains("/history/", StringComparison.Ordinal))
            .GroupBy(file => file.Name[..file.Name.IndexOf(".20", StringComparison.Ordinal)]);
        foreach (var group in states)
        {
            var files = group.OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
            for (var i = 1; i < files.Count; i++)
            {
                if (files[i - 1].Read().Length + files[i].Read().Length > MostBytes)
                {
                    continue;
                }
                yield return new TestCaseData(files[i - 1], files[i]).SetArgDisplayNames(files[i - 1].Name, files[i].Name);
            }
        }
    }

    [TestCaseSource(nameof(Pairs))]
    public void The_other_way_round_the_same_packets_differ(CorpusFile older, CorpusFile newer)
    {
        var (old, other) = (Compilation.Create(SyntaxTree.Parse(older.Read())), Compilation.Create(SyntaxTree.Parse(newer.Read())));
        if (old.HasErrors || other.HasErrors)
        {
            Assert.That(
                RulecRun.Of("diff", PathOf(older), PathOf(newer)), Has.Property(nameof(RulecRun.ExitCode)).EqualTo(2)
                    .And.Property(nameof(RulecRun.Errors)).Contains(": error IPT"));
            return;
        }
        var (there, back) = (SemanticDiff.Compare(old, other), SemanticDiff.Compare(other, old));
        Assert.Multiple(() =>
        {
            Assert.That(back.Equivalence, Is.EqualTo(there.Equivalence));
            Assert.That(back.Regions.Select(region => Side(region.New, region.Old)), Is.EquivalentTo(there.Regions.Select(region => Side(region.Old, region.New))));
        });
    }

    private static string PathOf(CorpusFile file) => SharedData.Require($"corpora/{file.Name}");

    private static string Side(DiffOutcome one, DiffOutcome two) =>
        $"{one.Verdict} {one.Chain}:{one.Rule} {two.Verdict} {two.Chain}:{two.Rule}";
}
