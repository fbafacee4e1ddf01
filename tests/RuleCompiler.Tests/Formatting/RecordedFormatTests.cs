using System.Text.Json;
using NUnit.Framework;
using RuleCompiler.Formatting;
using RuleCompiler.Fuzz;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Formatting;

/// <summary>What iptables-save printed after loading a dump, recorded, against what the formatter prints.</summary>
internal sealed class RecordedFormatTests
{
    private static IEnumerable<string> TopFolders => Corpora.Files.Select(file => file.TopFolder).Distinct().DefaultIfEmpty("");

    private static IEnumerable<string> CanonicalFolders => Corpora.Files
        .Where(file => file.TopFolder == "canonical").Select(file => file.Name.Split('/')[1]).Distinct().DefaultIfEmpty("");

    [Test]
    public void Small_dumps_are_printed_as_recorded([Values] Flavour flavour)
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(SharedData.Require("kernel-traces/format.json")));
        var wrong = new List<string>();
        foreach (var one in cases.RootElement.EnumerateArray())
        {
            var own = flavour == Flavour.Nft ? "canonical-nft" : "canonical-legacy";
            if (!one.TryGetProperty("canonical", out var expected) && !one.TryGetProperty(own, out expected))
            {
                continue; // this flavour does not load it
            }
            var options = new CompilationOptions
            {
                Family = one.GetProperty("family").GetString() == "ipv6" ? Family.IPv6 : Family.IPv4,
                Flavour = flavour,
            };
            var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(one.GetProperty("input").GetString() ?? "")), options);
            var expectedTables = TablesOf(expected.GetString() ?? "");
            var actual = compilation.HasErrors ? string.Join('\n', compilation.Diagnostics) : DumpFormatter.Format(compilation).ToString();
            if (!TablesOf(compilation.HasErrors && expectedTables.Count == 0 ? "" : actual).SequenceEqual(expectedTables))
            {
                wrong.Add($"{one.GetProperty("name")}:\n{actual}");
            }
        }
        Assert.That(wrong, Is.Empty, () => string.Join('\n', wrong));
    }

    [TestCaseSource(nameof(CanonicalFolders))]
    public void Real_dumps_are_printed_as_recorded(string folder)
    {
        SharedData.Require("corpora/canonical");
        Assert.Multiple(() =>
        {
            foreach (var file in Corpora.Files.Where(file => file.Name.StartsWith($"canonical/{folder}/", StringComparison.Ordinal)))
            {
                var input = Corpora.Files.Single(f => f.Name == InputOf(file.Name));
                foreach (var flavour in file.LoadedBy)
                {
                    var printed = TablesOf(DumpFormatter.Format(Compile(input, flavour)).ToString());
                    Assert.That(printed, Is.EqualTo(TablesOf(file.Read().ToString())), $"{input.Name} as {flavour}");
                }
            }
        });
    }

    [TestCaseSource(nameof(TopFolders))]
    public void What_the_tools_print_unchanged_is_canonical(string folder)
    {
        SharedData.Require("corpora");
        Assert.Multiple(() =>
        {
            foreach (var file in Corpora.Files.Where(file => file.TopFolder == folder))
            {
                foreach (var flavour in file.PrintedAsIsBy)
                {
                    var compilation = Compile(file, flavour);
                    var difference = CanonicalCheck.FindDifference(compilation.Tree.Text, DumpFormatter.Format(compilation));
                    Assert.That(difference, Is.Null, $"{file.Name} as {flavour}: line");
                }
            }
        });
    }

    [TestCaseSource(nameof(TopFolders))]
    public void Canonical_text_is_canonical_and_means_the_same(string folder)
    {
        SharedData.Require("corpora");
        Assert.Multiple(() =>
        {
            foreach (var file in Corpora.Files.Where(file => file.TopFolder == folder))
            {
                var compilation = Compile(file, null);
                Assert.That(compilation.HasErrors ? null : FormatLaws.FindBroken(compilation), Is.Null, file.Name);
            }
        });
    }

    private static Compilation Compile(CorpusFile file, Flavour? flavour) =>
        Compilation.Create(SyntaxTree.Parse(file.Read()), new CompilationOptions { Flavour = flavour });

    /// <summary><c>canonical/x/FILE.nft-and-legacy.save</c> is of <c>x/FILE</c>.</summary>
    private static string InputOf(string canonical)
    {
        var name = canonical["canonical/".Length..^".save".Length];
        return name[..name.LastIndexOf('.')];
    }

    /// <summary>The tables without comments and counters, by name: the tools print them in an order of their own.</summary>
    private static List<string> TablesOf(string dump)
    {
        var lines = dump.Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line[0] == ':' ? line[..line.LastIndexOf(' ')] : line[0] == '[' ? line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..] : line);
        return [.. string.Join('\n', lines).Split("COMMIT").Select(table => table.Trim()).Where(table => table.Length > 0).Order(StringComparer.Ordinal)];
    }
}
