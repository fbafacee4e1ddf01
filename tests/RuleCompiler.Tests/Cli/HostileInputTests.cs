using System.Text;
using NUnit.Framework;

namespace RuleCompiler.Tests.Cli;

/// <summary>Input made to break a reader: each ends in a clear problem, or as the kernel has it.</summary>
internal sealed class HostileInputTests
{
    [Test]
    public void A_cycle_of_calls_that_a_base_chain_reaches_is_refused() => AssertProblem(
        "*filter\n:INPUT ACCEPT\n:A -\n:B -\n-A INPUT -j A\n-A A -j B\n-A B -j A\nCOMMIT\n", "IPT2003");

    [Test]
    public void A_cycle_of_calls_that_nothing_reaches_is_harmless() =>
        Assert.That(Compile("*filter\n:INPUT ACCEPT\n:A -\n:B -\n-A A -j B\n-A B -j A\nCOMMIT\n").ExitCode, Is.Zero);

    [Test]
    public void Ten_thousand_nested_chains_are_refused_by_nft_and_followed_by_legacy()
    {
        var dump = new StringBuilder("*filter\n:INPUT ACCEPT\n");
        for (var index = 0; index < 10_000; index++)
        {
            dump.Append($":C{index} -\n");
        }
        dump.Append("-A INPUT -j C0\n");
        for (var index = 0; index < 9_999; index++)
        {
            dump.Append($"-A C{index} -j C{index + 1}\n");
        }
        dump.Append("-A C9999 -j DROP\nCOMMIT\n");

        Assert.Multiple(() =>
        {
            Assert.That(Compile(dump.ToString()).ExitCode, Is.EqualTo(2));
            var run = RulecRun.WithInput(
                dump.ToString(), "trace", "-", "tcp 10.0.0.1:1 -> 10.244.1.7:2 in eth0", "--flavour", "legacy", "--format", "ndjson");
            Assert.That(run.ExitCode, Is.Zero, run.Errors);
            Assert.That(run.Output, Does.Contain("\"verdict\":\"drop\""));
        });
    }

    [Test]
    public void A_line_of_a_megabyte_is_refused() => AssertProblem(
        $"*filter\n-A INPUT -m comment --comment \"{new string('x', 1 << 20)}\" -j DROP\nCOMMIT\n", "IPT10");

    [Test]
    public void Zeros_in_a_rule_are_a_problem() => AssertProblem("*filter\n-A INPUT -s 10.0.0.1\0 -j DROP\nCOMMIT\n", "IPT1023");

    [Test]
    public void Broken_UTF8_in_a_comment_is_read()
    {
        byte[] dump = [.. "*filter\n-A INPUT -m comment --comment \"gr"u8, 0xfc, 0xdf, .. "e\" -j DROP\nCOMMIT\n"u8];

        Assert.That(RulecRun.Of(dump, ["compile"]).ExitCode, Is.Zero);
    }

    [Test]
    public void A_line_that_makes_millions_of_rules_is_refused()
    {
        var list = string.Join(',', Enumerable.Range(0, 2000).Select(n => $"10.0.{n >> 8}.{n & 255}"));

        AssertProblem($"*filter\n-A INPUT -s {list} -d {list} -j DROP\nCOMMIT\n", "IPT2062");
    }

    [Test]
    public void Chains_nested_deeper_than_anybody_nests_are_linted()
    {
        var chains = Enumerable.Range(0, 400).ToArray();
        var dump = $"*filter\n:INPUT ACCEPT\n{string.Concat(chains.Select(n => $":C{n} -\n"))}-A INPUT -j C0\n"
            + $"{string.Concat(chains.SkipLast(1).Select(n => $"-A C{n} -j C{n + 1}\n"))}-A C399 -j DROP\nCOMMIT\n";

        var run = RulecRun.WithInput(dump, "lint", "--flavour", "legacy");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.Errors);
    }

    [Test]
    public void Nothing_breaks_any_command(
        [ValueSource(nameof(Hostile))] byte[] input, [Values("compile", "format", "lint", "trace")] string command)
    {
        var run = RulecRun.Of(input, command == "trace" ? [command, "-", "tcp 10.0.0.1:1 -> 10.0.0.2:2 in eth0"] : [command]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.InRange(0, 2));
            Assert.That(run.Errors, Does.Not.Contain("IPT9001").And.Not.Contain("   at "));
        });
    }

    [Test]
    public void Of_two_tables_of_one_name_the_second_counts()
    {
        var run = Compile("*filter\n-A INPUT -j DROP\nCOMMIT\n*filter\n-A INPUT -j ACCEPT\nCOMMIT\n");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Output, Does.Contain("accept").And.Not.Contain("drop"));
            Assert.That(run.Errors, Does.Contain("IPT2008"));
        });
    }

    private static IEnumerable<byte[]> Hostile() =>
    [
        [0x7F, .. "ELF"u8, .. new byte[4096]],
        Encoding.Unicode.GetBytes("*filter\n-A INPUT -j DROP\nCOMMIT\n"),
        [0x1F, 0x8B, 0x08, .. "broken"u8],
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("*filter\n", 5000))),
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("*filter\n-A INPUT -j DROP\nCOMMIT\n", 500))),
        Encoding.UTF8.GetBytes($"*filter\n-A INPUT {string.Concat(Enumerable.Repeat("! ", 30_000))}-j DROP\nCOMMIT\n"),
        Encoding.UTF8.GetBytes($"*filter\n-A INPUT -p tcp {string.Concat(Enumerable.Repeat("-m tcp ", 2000))}-j DROP\nCOMMIT\n"),
        [.. "*filter\n:\""u8, 0xFF, .. " - [0:0]\n-A INPUT -j \""u8, 0xFF, .. "\0\nCOMMIT\n"u8],
        Encoding.UTF8.GetBytes($"*filter\n{string.Concat(Enumerable.Repeat("-A INPUT -j NOPE\n", 2000))}COMMIT\n"),
    ];

    private static RulecRun Compile(string dump) => RulecRun.WithInput(dump, "compile");

    private static void AssertProblem(string dump, string id)
    {
        var run = Compile(dump);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Is.Empty);
            Assert.That(run.Errors, Does.Contain($"error {id}"));
        });
    }
}
