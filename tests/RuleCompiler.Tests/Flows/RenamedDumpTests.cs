using System.Text.RegularExpressions;
using NUnit.Framework;

namespace RuleCompiler.Tests.Flows;

/// <summary>Names of chains, ports and users mean nothing by themselves: other ones give the same flows.</summary>
internal sealed partial class RenamedDumpTests
{
    private static IEnumerable<TestCaseData> Dumps =>
    [
        new TestCaseData(SidecarDump.Article.ToString()) { TestName = "The article's rules renamed" },
        new TestCaseData(SidecarDump.Today.ToString()) { TestName = "Today's default renamed" },
        new TestCaseData(SidecarDump.Dns.ToString()) { TestName = "Names captured, renamed" },
        new TestCaseData(SidecarDump.Article.Without(4, 7).ToString()) { TestName = "A loop renamed" },
        new TestCaseData(SidecarDump.Today.Without(1).ToString()) { TestName = "Without rule 1, renamed" },
        new TestCaseData(SidecarDump.Today.Without(9).ToString()) { TestName = "Without the redirect, renamed" },
    ];

    [TestCaseSource(nameof(Dumps))]
    public void Names_change_nothing_else(string dump) => Check(dump);

    [Test]
    public void Stock_dumps_renamed()
    {
        var folder = SharedData.Require("corpora/istio--istio/loaded");
        Assert.Multiple(() =>
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.nft.save", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                Check(File.ReadAllText(path), path);
            }
        });
    }

    private static void Check(string dump, string? path = null)
    {
        var original = SidecarDump.Analyze(dump).SelectMany(a => a.Flows).Select(f => $"{f.Status} {Rename(f.Path)}");
        var renamed = SidecarDump.Analyze(Rename(dump)).SelectMany(a => a.Flows).Select(f => $"{f.Status} {f.Path}");

        Assert.That(renamed, Is.EqualTo(original), path);
    }

    private static string Rename(string text) => Name().Replace(text, match => match.Value switch
    {
        "15001" => "4140",
        "15006" => "20000",
        "15053" => "5300",
        "1337" => "2102",
        var chain => $"MESH_{chain.Length}{chain["ISTIO_".Length..]}",
    });

    [GeneratedRegex(@"\bISTIO_[A-Z_]+|\b(15001|15006|15053|1337)\b")]
    private static partial Regex Name();
}
