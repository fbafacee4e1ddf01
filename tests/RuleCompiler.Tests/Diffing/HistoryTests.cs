using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Syntax;

namespace RuleCompiler.Tests.Diffing;

/// <summary>Real dumps before and after a change by their owners.</summary>
internal sealed class HistoryTests
{
    /// <summary>Pairs of long block lists are told elsewhere; each of these takes a moment.</summary>
    private const int MostBytes = 8_000;

    /// <summary>Each older state and the one after it: files of one name, told apart by date and commit.</summary>
    private static IEnumerable<TestCaseData> Pairs()
    {
        var states = Corpora.Files.Where(file => file.TopFolder != "canonical" && file.Name.Contains("/history/", StringComparison.Ordinal))
            .GroupBy(file => file.Name[..file.Name.IndexOf(".20", StringComparison.Ordinal)]);
        foreach (var group in states)
        {
            var files = group.OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
            for (var i = 1; i < files.Count; i++)
            {
                yield return new TestCaseData(files[i - 1], files[i]).SetArgDisplayNames(files[i - 1].Name, files[i].Name);
            }
        }
    }

    [TestCaseSource(nameof(Pairs))]
    public void The_other_way_round_the_same_packets_differ(CorpusFile older, CorpusFile newer)
    {
        var (old, other) = (Compilation.Create(SyntaxTree.Parse(older.Read())), Compilation.Create(SyntaxTree.Parse(newer.Read())));
        if (old.HasErrors || other.HasErrors || old.Tree.Text.Length + other.Tree.Text.Length > 2 * MostBytes)
        {
            Assert.Ignore("the pair does not compile, or takes long");
        }
        var (there, back) = (SemanticDiff.Compare(old, other), SemanticDiff.Compare(other, old));
        Assert.Multiple(() =>
        {
            Assert.That(back.Equivalence, Is.EqualTo(there.Equivalence));
            Assert.That(back.Regions.Select(region => Side(region.New, region.Old)), Is.EquivalentTo(there.Regions.Select(region => Side(region.Old, region.New))));
        });
    }

    private static string Side(DiffOutcome one, DiffOutcome two) =>
        $"{one.Verdict} {one.Chain}:{one.Rule} {two.Verdict} {two.Chain}:{two.Rule}";
}
