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

    /// <summary>What a reviewer of the change would have read, where it says more than the lines that changed.</summary>
    /// <param name="name">Of the snapshot: what changed.</param>
    /// <param name="file">The dump, without date and commit.</param>
    /// <param name="older">Date and commit of the one before.</param>
    /// <param name="newer">Date and commit of the one after.</param>
    [TestCase("Invalid_packets_dropped_first", "QubesOS--qubes-core-agent-linux/history/ip6tables-enabled", "2020-01-09.bfe31cfe", "2020-01-24.63d8065e")]
    [TestCase("Ping_and_answers_kept_to_one_interface", "QubesOS--qubes-core-agent-linux/history/iptables", "2014-03-28.4c3d5a46", "2016-09-12.ee0a292b")]
    [TestCase("Chains_renamed_and_reordered", "QubesOS--qubes-core-agent-linux/history/iptables", "2016-09-12.ee0a292b", "2020-01-10.cd19073d")]
    [TestCase("Two_ports_led_to_another_machine", "FlorinAndrei--router/history/rules.v4", "2017-07-10.23fc7df2", "2017-12-02.df63c09a")]
    [TestCase("Services_limited_to_a_mesh", "ffulm--server-config/history/rules.v4", "2015-05-26.3731d3c5", "2017-08-13.5e375dee")]
    [TestCase("Everything_rewritten_for_one_port", "mjwhitta--templates/history/ip6tables.rules", "2018-12-06.3143649f", "2019-10-30.61cb9a81")]
    [TestCase("One_more_network_held_to_be_spoofed", "DuyNguyen1879--IPTables-IPSet-Rules/history/iptables.conf", "2016-01-18.8e085bc0", "2016-01-19.8c31ca38")]
    public void Says_what_a_change_did(string name, string file, string older, string newer)
    {
        var (old, other) = (SharedData.Require($"corpora/{file}.{older}"), SharedData.Require($"corpora/{file}.{newer}"));
        Snapshot.Verify(RulecRun.Of("diff", old, other).Output, name);
    }

    private static string PathOf(CorpusFile file) => SharedData.Require($"corpora/{file.Name}");

    private static string Side(DiffOutcome one, DiffOutcome two) =>
        $"{one.Verdict} {one.Chain}:{one.Rule} {two.Verdict} {two.Chain}:{two.Rule}";
}
