using System.IO.Compression;
using System.Text;
using NUnit.Framework;

namespace RuleCompiler.Tests.Cli.Input;

internal sealed class DumpFileTests
{
    private const string Dump = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j ACCEPT\nCOMMIT\n";

    [Test]
    public void Standard_input_is_meant_where_no_file_is_given_and_something_is_piped_in() =>
        Assert.That(RulecRun.WithInput(Dump, "compile").Output, Does.StartWith("filter INPUT, policy ACCEPT\n"));

    [Test]
    public void A_dash_is_standard_input() =>
        Assert.That(RulecRun.WithInput(Dump, "compile", "-").Errors, Does.StartWith("<stdin>: 1 table, 1 chain, 1 rule"));

    [Test]
    public void A_terminal_is_not_waited_for()
    {
        var run = RulecRun.Of("compile");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Errors, Is.EqualTo("rulec: No FILE given, and nothing is piped in\n"));
        });
    }

    [Test]
    public void Compressed_input_reads_like_plain_one()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("dump.gz");
        File.WriteAllBytes(path, Compress(Dump));

        Assert.Multiple(() =>
        {
            Assert.That(RulecRun.Of("compile", path).Output, Is.EqualTo(RulecRun.WithInput(Dump, "compile").Output));
            Assert.That(RulecRun.Of(Compress(Dump), ["compile"]).Output, Is.EqualTo(RulecRun.WithInput(Dump, "compile").Output));
        });
    }

    [Test]
    public void Damaged_compressed_input_is_refused()
    {
        var run = RulecRun.Of(Compress(Dump)[..20], ["compile"]);

        AssertRefused(run, "<stdin>: error IPT9002: The gzip data is damaged or cut off\n");
    }

    [Test]
    public void A_missing_file_is_named() =>
        AssertRefused(RulecRun.Of("compile", "no/such/file"), "no/such/file: error IPT9002: No such file\n");

    [Test]
    [Platform("Linux")]
    public void A_file_that_does_not_tell_its_length_is_read_to_its_end() =>
        Assert.That(RulecRun.Of("compile", "/proc/version").Errors, Does.StartWith("/proc/version(1,1): error IPT1022"));

    [Test]
    public void A_folder_is_no_dump()
    {
        using var folder = new TemporaryFolder();

        AssertRefused(RulecRun.Of("compile", folder.Path), $"{folder.Path}: error IPT9002: Is a directory, not a file\n");
    }

    [Test]
    public void Control_characters_in_a_path_do_not_reach_the_terminal() =>
        AssertRefused(RulecRun.Of("compile", "a\u001b[2Jb"), "a\\x1b[2Jb: error IPT9002: No such file\n");

    private static void AssertRefused(RulecRun run, string errors)
    {
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Is.Empty);
            Assert.That(run.Errors, Is.EqualTo(errors));
        });
    }

    private static byte[] Compress(string text)
    {
        using var compressed = new MemoryStream();
        using (var stream = new GZipStream(compressed, CompressionMode.Compress))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
        return compressed.ToArray();
    }
}
