using System.IO.Compression;
using System.Text;
using NUnit.Framework;

namespace RuleCompiler.Tests.Cli.Linting;

internal sealed class FixedFileTests
{
    private const string Dump = "# by hand\n*filter\n:FORWARD ACCEPT [10:20]\n:unused - [0:0]\n[1:2]   -A FORWARD -p tcp -j DROP\n# kept\n-A FORWARD -p tcp -m tcp --dport 22 -j DROP\n-A unused -j DROP\nCOMMIT\n";
    private const string Fixed = "# by hand\n*filter\n:FORWARD ACCEPT [10:20]\n[1:2]   -A FORWARD -p tcp -j DROP\n# kept\nCOMMIT\n";

    [Test]
    public void The_file_is_rewritten_and_what_was_done_is_said()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("dump", Dump);

        var run = RulecRun.Of("lint", path, "--fix");

        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(path), Is.EqualTo(Fixed));
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Output, Does.Contain($"{path}: fixed IPT3012 "));
            Assert.That(run.Output, Does.EndWith("2 fixed\n"));
            Assert.That(Directory.GetFileSystemEntries(folder.Path), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public void Fixing_twice_is_fixing_once()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("dump", Dump);
        RulecRun.Of("lint", path, "--fix");
        var written = File.GetLastWriteTimeUtc(path);

        var run = RulecRun.Of("lint", path, "--fix");

        Assert.That((run.Output.Contains("fixed", StringComparison.Ordinal), File.GetLastWriteTimeUtc(path)), Is.EqualTo((false, written)));
    }

    [Test]
    public void A_diff_shows_it_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("dump", Dump);

        var run = RulecRun.Of("lint", path, "--fix", "--diff");

        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(path), Is.EqualTo(Dump));
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Output, Does.StartWith($"--- {path}\n+++ {path}\n@@ "));
            Assert.That(run.Output.Split('\n').Where(line => line.StartsWith('-') && !line.StartsWith("---", StringComparison.Ordinal)), Is.EqualTo(
                ["-:unused - [0:0]", "--A FORWARD -p tcp -m tcp --dport 22 -j DROP", "--A unused -j DROP"]));
        });
    }

    [Test]
    public void With_nothing_to_fix_a_diff_is_empty()
    {
        using var folder = new TemporaryFolder();

        Assert.That(RulecRun.Of("lint", folder.Write("dump", Fixed), "--fix", "--diff", "-q"), Is.EqualTo(new RulecRun(0, "", "")));
    }

    [Test]
    public void Of_standard_input_the_new_text_is_printed_and_the_report_goes_to_standard_error()
    {
        var run = RulecRun.WithInput(Dump, "lint", "--fix");

        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Is.EqualTo(Fixed));
            Assert.That(run.Errors, Does.Contain("<stdin>: fixed IPT3012 "));
        });
    }

    [Test]
    public void Standard_input_that_cannot_be_fixed_is_printed_as_it_came() =>
        Assert.That(RulecRun.WithInput("*filter\n:FORWARD ACCEPT\n-A FORWARD -j GONE\nCOMMIT", "lint", "--fix"), Is.EqualTo(new RulecRun(
            2,
            "*filter\n:FORWARD ACCEPT\n-A FORWARD -j GONE\nCOMMIT",
            "<stdin>(3,15): error IPT2002: Table 'filter' declares no chain 'GONE'\n1 file: 1 error; 1 not linted\n")));

    [Test]
    public void A_compressed_file_stays_one()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("dump.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Dump));
        }

        RulecRun.Of("lint", path, "--fix");

        using var unpacked = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        Assert.That(unpacked.ReadToEnd(), Is.EqualTo(Fixed));
    }

    [Test]
    public void What_changes_an_outcome_is_left_to_people()
    {
        using var folder = new TemporaryFolder();
        const string conflict = "*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD -p tcp -j DROP\n-A FORWARD -p tcp -m tcp --dport 22 -j ACCEPT\nCOMMIT\n";
        var path = folder.Write("dump", conflict);

        var run = RulecRun.Of("lint", path, "--fix");

        Assert.That((run.ExitCode, File.ReadAllText(path)), Is.EqualTo((1, conflict)));
    }

    [Test]
    public void What_a_settings_file_ignores_is_not_fixed()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".rulec.json", """{ "lint": { "ignore": ["IPT3012"] } }""");
        var path = folder.Write("dump", Dump);

        RulecRun.Of("lint", path, "--fix");

        Assert.That(File.ReadAllText(path), Does.Contain(":unused"));
    }
}
