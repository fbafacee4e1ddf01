using System.Text;
using NUnit.Framework;

namespace RuleCompiler.Tests.Cli.Commands;

internal sealed class FormatCommandTests
{
    private const string Canonical =
        "*nat\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n:MESH - [0:0]\n"
        + "-A OUTPUT -p tcp -j MESH\n-A MESH -d 127.0.0.1/32 -j RETURN\n-A MESH -p tcp -j REDIRECT --to-ports 15001\nCOMMIT\n";

    private const string Log = "2024-05-06T07:08:09Z info running iptables\n";

    /// <summary>What people hold, in all its forms; each says the same as <see cref="Canonical"/>.</summary>
    private static IEnumerable<TestCaseData> Forms()
    {
        const string Rules = "-A OUTPUT -p tcp -j MESH\n-A MESH -d 127.0.0.1/32 -j RETURN\n-A MESH -p tcp -j REDIRECT --to-ports 15001\n";
        yield return Form("a dump", Canonical);
        yield return Form("CRLF", Canonical.ReplaceLineEndings("\r\n"));
        yield return Form("byte-order mark", "\ufeff" + Canonical);
        yield return Form("no final newline", Canonical.TrimEnd());
        yield return Form("trailing blanks", Canonical.Replace("\n", " \t\n", StringComparison.Ordinal));
        yield return Form("a log around it", Log + Canonical + "done\nexit code: 0\n");
        yield return Form("counters left out", Canonical.Replace(" [0:0]", "", StringComparison.Ordinal));
        yield return Form("restore commands", $"* nat\n-N MESH\n{Rules}COMMIT\n");
        yield return Form("long options", "*nat\n--new-chain MESH\n--append OUTPUT --protocol tcp --jump MESH\n"
            + "--append MESH --destination 127.0.0.1 --jump RETURN\n--append MESH --proto tcp --jump REDIRECT --to-port 15001\nCOMMIT\n");
        yield return Form("inserted, replaced, deleted", "*nat\n:GONE - [0:0]\n:MESH - [0:0]\n-A OUTPUT -j GONE\n-R OUTPUT 1 -p tcp -j MESH\n"
            + "-A MESH -p tcp -j REDIRECT --to-ports 15001\n-I MESH 1 -d 127.0.0.1 -j RETURN\n-A MESH -j GONE\n-D MESH 3\n"
            + "-A GONE -j RETURN\n-F GONE\n-X GONE\n-P OUTPUT ACCEPT\n-Z\nCOMMIT\n");
        yield return Form("commands of an init container", string.Concat(
            $"-N MESH\n{Rules}".TrimEnd().Split('\n').Select(line => $"{Log}+ iptables -t nat {line}\n")));
        yield return Form("commands of a structured log", string.Concat(
            $"-N MESH\n{Rules}".TrimEnd().Split('\n').Select(line => $"time=\"now\" level=info msg=\"/sbin/iptables-legacy -t nat {line}\"\n")));
        yield return Form("a warning spliced in", Canonical.Replace(
            "-A MESH -d 127", "-A MESH -d # Warning: iptables-legacy tables present, use iptables-legacy-save to see them\n127", StringComparison.Ordinal));
    }

    [TestCaseSource(nameof(Forms))]
    public void What_people_hold_is_read(string text)
    {
        var run = RulecRun.WithInput(text, "format", "--flavour", "nft");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Errors);
            Assert.That(Rules(run.Output), Is.EqualTo(Rules(Canonical)), run.Errors);
        });
    }

    [TestCase("-P PREROUTING ACCEPT\n-P INPUT ACCEPT\n-P OUTPUT ACCEPT\n-P POSTROUTING ACCEPT\n-N MESH\n-A OUTPUT -p tcp -j MESH\n"
        + "-A MESH -d 127.0.0.1/32 -j RETURN\n-A MESH -p tcp -j REDIRECT --to-ports 15001\n")]
    public void What_iptables_S_prints_is_read(string text) =>
        Assert.That(Rules(RulecRun.WithInput(text, "format", "--table", "nat").Output), Is.EqualTo(Rules(Canonical)));

    [TestCase("Chain INPUT (policy DROP 3 packets, 120 bytes)\n pkts bytes target     prot opt in\n", "IPT1019", "iptables-save")]
    [TestCase("table ip nat {\n\tchain POSTROUTING {\n\t}\n}\n", "IPT1020", "iptables-save")]
    [TestCase("\u007fELF\0\0\0", "IPT1021", "iptables-save")]
    [TestCase("", "IPT1018", "iptables-save")]
    public void What_is_no_dump_is_named_and_refused(string text, string id, string command)
    {
        var run = RulecRun.Of([.. Encoding.UTF8.GetBytes(text), .. text.Length == 0 ? "\n"u8 : []], ["format"]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Is.Empty);
            Assert.That(run.Errors, Does.Contain(id).And.Contain(command));
        });
    }

    [TestCase("*filter\n-A INPUT -s ! 10.0.0.1 -p ! tcp -j DROP\nCOMMIT\n", "-A INPUT ! -s 10.0.0.1/32 ! -p tcp -j DROP")]
    [TestCase("*filter\n-A INPUT -c 5,6 -p tcp --dport ssh -j DROP\nCOMMIT\n", "[5:6] -A INPUT -p tcp -m tcp --dport 22 -j DROP")]
    [TestCase("*filter\n-A INPUT -c 5 6 -j DROP\nCOMMIT\n", "[5:6] -A INPUT -j DROP")]
    public void Old_and_short_forms_are_read(string text, string rule) =>
        Assert.That(RulecRun.WithInput(text, "format").Output.Split('\n'), Does.Contain(rule));

    [Test]
    public void Counters_stay_as_given()
    {
        var text = Canonical.Replace("\n-A ", "\n[255:1234] -A ", StringComparison.Ordinal);

        Assert.That(RulecRun.WithInput(text, "format").Output, Is.EqualTo(text));
    }

    [TestCase(":\xff - [0:0]\n-A INPUT -j \xff\n-A INPUT -i et\xff+ -m comment --comment \"\xe9 \xc3\xa9\"\n")]
    [TestCase(":a\"b - [0:0]\n-A INPUT -j \"a\\\"b\"\n")]
    [TestCase("-A INPUT -j LOG --log-prefix \"0123456789012345678901234567\xc3\"\n")]
    [TestCase("# \xff\n-A INPUT -m recent --set --name \xff --mask 255.255.255.255 --rsource\n")]
    public void Bytes_that_are_no_text_are_printed_as_they_came(string lines)
    {
        var dump = Encoding.Latin1.GetBytes($"*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n{lines}COMMIT\n");

        using var folder = new TemporaryFolder();
        var path = folder.Write("rules.v4", "");
        File.WriteAllBytes(path, dump);

        var run = RulecRun.Of("format", path, "-o", path);

        Assert.That(run, Is.EqualTo(new RulecRun(0, "", run.Errors)));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(dump));
    }

    [TestCase("compile", "--emit", "json")]
    [TestCase("compile", "--emit", "dot")]
    [TestCase("lint", "--format", "json")]
    [TestCase("lint", "--format", "sarif")]
    [TestCase("trace", "-", "tcp 10.0.0.1:1 -> 10.0.0.2:2", "--format", "json")]
    public void Bytes_that_are_no_text_are_shown_as_such_elsewhere(params string[] arguments)
    {
        var dump = Encoding.Latin1.GetBytes("*filter\n:\xff - [0:0]\n-A OUTPUT -o et\xff+ -j \xff\n-A OUTPUT -j \xff\n-A \xff -m \xfe\n-A OUTPUT --\xff a\nCOMMIT\n");

        var run = RulecRun.Of(dump, arguments);

        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Contain("\uFFFD").Or.Contain("\\uFFFD"), run.Errors);
            Assert.That(run.Errors, Does.Not.Contain("IPT9001"));
        });
    }

    [TestCase(":OUTPUT", "# Generated by iptables-save v1.8.9 on Mon # Warning: iptables-legacy tables present, use iptables-legacy-save to see them")]
    [TestCase("*nat", "# # Warning: iptables-legacy tables present, use iptables-legacy-save to see them")]
    public void Comment_that_ends_like_a_warning_stays_where_it_is(string line, string comment)
    {
        var text = Canonical.Replace(line, $"{comment}\n{line}", StringComparison.Ordinal);

        Assert.That(RulecRun.WithInput(text, "format").Output, Is.EqualTo(text));
    }

    [Test]
    public void Warning_spliced_in_with_blanks_behind_it_becomes_a_comment_without()
    {
        var text = Canonical.Replace(
            "-A MESH -d 127", "-A MESH -d # Warning: iptables-legacy tables present, use iptables-legacy-save to see them \n127", StringComparison.Ordinal);
        var once = RulecRun.WithInput(text, "format").Output;

        Assert.That(RulecRun.WithInput(once, "format").Output, Is.EqualTo(once));
    }

    [Test]
    public void Family_that_no_header_tells_is_written_above_the_table()
    {
        const string Text = """
            *raw
            :PREROUTING ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            COMMIT
            # Generated by xtables-save v1.8.2 on Mon Nov 23 23:37:00 2026
            *raw
            :PREROUTING ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            -A PREROUTING -4 -p ipv6-icmp -m icmp6 --icmpv6-type 134 -j ACCEPT
            COMMIT

            """;
        var once = RulecRun.WithInput(Text, "format");

        Assert.Multiple(() =>
        {
            Assert.That(once.Output, Does.Contain("# Generated by ip6tables-save"), once.Errors);
            Assert.That(RulecRun.WithInput(once.Output, "format").Output, Is.EqualTo(once.Output));
        });
    }

    [Test]
    public void Check_says_whether_a_file_is_canonical()
    {
        var other = RulecRun.WithInput(Canonical.Replace("127.0.0.1/32", "127.0.0.1", StringComparison.Ordinal), "format", "--check");

        Assert.Multiple(() =>
        {
            Assert.That(RulecRun.WithInput(Canonical, "format", "--check"), Is.EqualTo(new RulecRun(0, "", "")));
            Assert.That(RulecRun.WithInput("# a comment\n" + Canonical.Replace("[0:0]", "[7:9]", StringComparison.Ordinal), "format", "--check").ExitCode, Is.Zero);
            Assert.That(other, Is.EqualTo(new RulecRun(1, "", "<stdin>(8): not in canonical form from this line on\n")));
        });
    }

    [Test]
    public void Diff_prints_what_would_change()
    {
        var run = RulecRun.WithInput(Canonical.Replace("127.0.0.1/32", "127.0.0.1", StringComparison.Ordinal), "format", "--diff");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Output, Does.Contain("\n-A MESH -d 127.0.0.1 -j RETURN\n").Or.Contain("\n--A MESH -d 127.0.0.1 -j RETURN\n"));
            Assert.That(run.Output, Does.Contain("\n+-A MESH -d 127.0.0.1/32 -j RETURN\n"));
            Assert.That(RulecRun.WithInput(Canonical, "format", "--diff"), Is.EqualTo(new RulecRun(0, "", "")));
        });
    }

    [Test]
    public void A_file_can_be_put_into_canonical_form_where_it_is()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("rules.v4", Canonical.Replace("127.0.0.1/32", "127.0.0.1", StringComparison.Ordinal));

        var run = RulecRun.Of("format", path, "-o", path);

        Assert.Multiple(() =>
        {
            Assert.That(run, Is.EqualTo(new RulecRun(0, "", "")));
            Assert.That(File.ReadAllText(path), Is.EqualTo(Canonical));
        });
    }

    [Test]
    public void A_dump_with_errors_has_no_canonical_form()
    {
        var run = RulecRun.WithInput("*filter\n-A INPUT -j NOWHERE\nCOMMIT\n", "format");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Is.Empty);
        });
    }

    private static TestCaseData Form(string name, string text) => new TestCaseData(text).SetName($"{{m}}({name})");

    private static IEnumerable<string> Rules(string dump) =>
        dump.Split('\n').Where(line => line.StartsWith("-A", StringComparison.Ordinal) || line.StartsWith('*'));
}
