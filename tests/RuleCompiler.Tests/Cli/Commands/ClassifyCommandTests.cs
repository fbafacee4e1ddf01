using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using RuleCompiler.Packets;
using RuleCompiler.Tests.Markup;

namespace RuleCompiler.Tests.Cli.Commands;

internal sealed class ClassifyCommandTests
{
    private const string Dump = """
        *nat
        :OUTPUT ACCEPT [0:0]
        :CAPTURE - [0:0]
        -A OUTPUT -p tcp -j CAPTURE
        -A CAPTURE -m owner --uid-owner 1337 -j RETURN
        -A CAPTURE -p tcp -j REDIRECT --to-ports 15001
        COMMIT
        *filter
        :INPUT ACCEPT [0:0]
        -A INPUT -p udp -m limit --limit 5/sec -j ACCEPT
        -A INPUT -p udp -j DROP
        COMMIT

        """;

    private const string Csv = """
        proto,src,sport,dst,dport,uid,in,note
        tcp,10.244.1.7,40000,10.0.0.9,80,1000,,"a ""quoted"", note"
        tcp,fd00::7,40000,fd00::9,80,,,
        udp,10.0.0.9,53,10.244.1.7,5353,,eth0,"over
        two lines"
        tcp,10.244.1.7,40000,10.0.0.9,99999,,,
        tcp,10.244.1.7,40000
        tcp,10.244.1.7,40000,10.0.0.9,80,1337,,

        """;

    [Test]
    public void Each_line_gets_its_answer_and_a_bad_one_its_problem()
    {
        var run = Classify(Csv, "--echo");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        var lines = run.Output.TrimEnd('\n').Split('\n');
        Assert.That(JsonDocument.Parse(lines[0]).RootElement.GetProperty("schema").GetString(), Is.EqualTo("rulec.classify/1"));
        Assert.That(lines[1..], Is.EqualTo(new[]
        {
            """{"n":2,"packet":"tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000","verdict":"accept","table":"nat","chain":"CAPTURE","rule":2,"line":6,"rewrite":"redirect 127.0.0.1:15001","flow":2}""",
            """{"n":3,"packet":"tcp [fd00::7]:40000 -> [fd00::9]:80","verdict":"accept","flow":"none"}""",
            """{"n":4,"packet":"udp 10.0.0.9:53 -> 10.244.1.7:5353 in eth0","verdict":"unknown","outcomes":["""
                + """{"verdict":"accept","table":"filter","chain":"INPUT","rule":1,"line":10,"flow":"none","assumptions":["limit at filter:INPUT:1 matches"]},"""
                + """{"verdict":"drop","table":"filter","chain":"INPUT","rule":2,"line":11,"flow":"none","assumptions":["limit at filter:INPUT:1 does not match"]}],"flow":"none"}""",
            """{"n":6,"error":{"id":"IPT5002","message":"'99999' is not a port: a number from 0 to 65535"}}""",
            """{"n":7,"error":{"id":"IPT5002","message":"3 fields, but the header has 8"}}""",
            """{"n":8,"packet":"tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1337","verdict":"accept","table":"nat","chain":"OUTPUT","line":2,"flow":2}""",
        }));
        Assert.That(run.Errors, Does.Contain("'note' is no field of a packet").And.Contain("2 of 6 packets"));
    }

    [Test]
    public void Objects_expressions_and_records_of_one_packet_give_one_answer()
    {
        string[] inputs =
        [
            "tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000 flags SYN,ACK mark 0x5\n",
            """{"protocol":"tcp","source":"10.244.1.7","sourcePort":40000,"destination":"10.0.0.9","destinationPort":80,"uid":1000,"flags":["SYN","ACK"],"mark":5,"in":null}""",
            """{"packet":"tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000 flags SYN,ACK mark 5"}""",
            "\uFEFFsrc,SPORT,dst,dport,proto,uid,flags,mark\r\n10.244.1.7,40000,10.0.0.9,80,tcp,1000,\"SYN,ACK\",0x5\r\n",
            "packet\n\"tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000 flags SYN,ACK mark 0x5\"\n",
        ];

        var answers = inputs.Select(input => Classify(input)).ToList();

        Assert.That(answers.Select(a => a.ExitCode), Is.All.Zero);
        Assert.That(
            answers.Select(a => a.Output.Split('\n')[1][7..]),
            Is.All.EqualTo("\"verdict\":\"accept\",\"table\":\"nat\",\"chain\":\"CAPTURE\",\"rule\":2,\"line\":6,\"rewrite\":\"redirect 127.0.0.1:15001\",\"flow\":2}"));
    }

    [Test]
    public void Lines_count_with_comments_and_blank_ones()
    {
        var run = Classify("# first\n\ntcp 10.0.0.1:1 -> 10.0.0.2:2 uid 5\n\n{}\n");

        Assert.That(run.Output.Split('\n')[1..3].Select(l => l[..6]), Is.EqualTo(new[] { "{\"n\":3", "{\"n\":5" }));
    }

    [TestCase("ndjson")]
    [TestCase("csv")]
    public void A_line_that_repeats_the_one_before_is_answered_as_if_it_stood_alone(string format)
    {
        string[] lines =
        [
            "tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000", // rewritten
            "udp 10.0.0.9:53 -> 10.244.1.7:5353 in eth0", // hangs on an unknown
            "tcp 10.244.1.7:40000 -> 10.0.0.9:99999", // bad
            "tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1337",
            "",
        ];
        List<string> alone =
            [.. lines[..^1].Select(line => Classify($"{line}\n", "--format", format, "--echo").Output.Split('\n')[1])];

        var run = Classify(string.Concat(lines.Select(line => $"{line}\n{line}\r\n{line}\n")), "--format", format, "--echo");

        var expected = alone.SelectMany((answer, i) => Enumerable.Range((3 * i) + 1, 3).Select(n => format == "csv"
            ? string.Create(CultureInfo.InvariantCulture, $"{n}{answer[1..]}")
            : answer.Replace("{\"n\":1,", string.Create(CultureInfo.InvariantCulture, $"{{\"n\":{n},"), StringComparison.Ordinal)));
        Assert.That(run.Output.TrimEnd('\n').Split('\n')[1..], Is.EqualTo(expected));
    }

    [Test]
    public void A_summary_counts()
    {
        var run = Classify(Csv, "--format", "summary");

        Assert.That(run.Output, Is.EqualTo("""
            packets  4
            not read 2

            verdict
              3  accept
              1  unknown

            flow
              2  2
              2  none

            decided by
              1  hangs on unknowns
              1  nat:CAPTURE:2  line 6
              1  nat:OUTPUT  policy
              1  no chain

            not read, by line or frame
              6  IPT5002: '99999' is not a port: a number from 0 to 65535
              7  IPT5002: 3 fields, but the header has 8

            """));
    }

    [Test]
    public void A_summary_names_the_first_lines_that_are_no_packets()
    {
        var run = Classify(string.Concat(Enumerable.Repeat("tcp\n", 12)), "--format", "summary");

        Assert.That(run.Output.Split("\n\n")[^1].Split('\n')[^4..^1], Is.EqualTo(new[]
        {
            "   9  IPT5002: Expected a source address, found the end",
            "  10  IPT5002: Expected a source address, found the end",
            "  and 2 more",
        }));
    }

    [Test]
    public void A_table_for_spreadsheets_has_no_formulas()
    {
        const string Evil = "*filter\n:INPUT ACCEPT [0:0]\n:=1+1 - [0:0]\n-A INPUT -j =1+1\n-A =1+1 -j DROP\nCOMMIT\n";
        using var folder = new TemporaryFolder();

        var run = RulecRun.WithInput(
            "{\"packet\":\"=1+1\"}\n{\"packet\":\"tcp 10.0.0.9:1 -> 10.244.1.7:80 in eth0 in-set a,b\"}\n",
            "classify", folder.Write("dump", Evil), "--packets", "-", "--format", "csv", "--echo");

        Assert.That(run.Output, Is.EqualTo("""
            n,verdict,table,chain,rule,line,rewrite,flow,error,packet
            1,,,,,,,,"IPT5002: Expected a source address, found the end",
            2,drop,filter,"'=1+1",1,5,,none,,"tcp 10.0.0.9:1 -> 10.244.1.7:80 in eth0 in-set a,b"

            """));
    }

    [Test]
    public void A_compressed_list_is_read()
    {
        using var folder = new TemporaryFolder();
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes("tcp 10.0.0.1:1 -> 10.0.0.2:2 uid 5\n"));
        }

        var run = RulecRun.Of(compressed.ToArray(), ["classify", folder.Write("dump", Dump), "--packets", "-"]);

        Assert.That(run.Output.Split('\n')[1], Does.StartWith("{\"n\":1,\"verdict\":\"accept\""));
    }

    [TestCase("{\"proto\":\"tcp\",\"src\":\"10.0.0.1\",\"dst\":\"10.0.0.2\"}", "no port")]
    [TestCase("{\"src\":\"10.0.0.1\",\"dst\":\"10.0.0.2\"}", "'protocol' is missing")]
    [TestCase("{\"packet\":\"tcp\",\"src\":\"10.0.0.1\"}", "'packet' stands for all other fields")]
    [TestCase("{\"src\":\"10.0.0.1\",\"source\":\"10.0.0.2\"}", "given twice")]
    [TestCase("{\"uid\":{}}", "neither a text nor a number")]
    [TestCase("{\"uid\":\"\\ud800\"}", "not Unicode")]
    [TestCase("{\n", "Not JSON")]
    public void The_problem_of_a_line_is_told(string line, string message)
    {
        var run = Classify(line);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(JsonDocument.Parse(run.Output.Split('\n')[1]).RootElement.GetProperty("error").GetProperty("message").GetString(), Does.Contain(message));
    }

    [Test]
    public void A_line_that_is_too_long_does_not_end_the_run()
    {
        var run = Classify($"tcp {new string('1', 200_000)}\ntcp 10.0.0.1:1 -> 10.0.0.2:2 uid 5\n");

        Assert.That(run.Output.Split('\n')[1], Does.Contain("longer than 64 KiB"));
        Assert.That(run.Output.Split('\n')[2], Does.StartWith("{\"n\":2,\"verdict\""));
    }

    [Test]
    public void The_example_of_a_bad_line_is_one()
    {
        var descriptor = PacketListDiagnostics.BadPacketLine;

        Assert.That(Classify(MarkupText.Parse(descriptor.Example).Text).ExitCode, Is.EqualTo(2));
        Assert.That(Classify(descriptor.Corrected).ExitCode, Is.Zero);
    }

    private static RulecRun Classify(string packets, params string[] options)
    {
        using var folder = new TemporaryFolder();
        return RulecRun.WithInput(packets, ["classify", folder.Write("dump", Dump), "--packets", "-", .. options]);
    }
}
