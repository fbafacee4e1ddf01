using System.Text.Json;
using NUnit.Framework;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Cli.Commands;

internal sealed class FlowsCommandTests
{
    private const string Host = """
        {
          "interfaces": [ { "name": "eth0", "addresses": ["10.244.1.7/24"] } ],
          "routes": [ { "destination": "default", "via": "10.244.1.1", "interface": "eth0" } ]
        }
        """;

    private const string Firewall = "*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n";

    private static readonly string Loop = SidecarDump.Article.Without(4, 7).ToString();

    [Test]
    public void The_article_s_pod() => Snapshot.Verify(WithHost(SidecarDump.Article).Output);

    [Test]
    public void Today_s_default_with_names_captured() => Snapshot.Verify(WithHost(SidecarDump.Dns).Output);

    [Test]
    public void A_redirect_loop() => Snapshot.Verify(WithHost(SidecarDump.Article.Without(4, 7)).Output);

    [Test]
    public void Markdown_for_a_pull_request() =>
        Snapshot.Verify(WithHost(SidecarDump.Article.Without(9), "--format", "markdown").Output);

    [TestCase("broken", ExpectedResult = 1)]
    [TestCase("differs", ExpectedResult = 1)]
    [TestCase("never", ExpectedResult = 0)]
    public int A_broken_flow_exits_with(string failOn) => RulecRun.WithInput(Loop, "flows", "--fail-on", failOn).ExitCode;

    [TestCase("broken", ExpectedResult = 0)]
    [TestCase("differs", ExpectedResult = 1)]
    public int A_difference_exits_with(string failOn) =>
        RulecRun.WithInput(SidecarDump.Today.ToString(), "flows", "--fail-on", failOn).ExitCode;

    [Test]
    public void Json_has_the_fields_of_the_contract()
    {
        using var json = JsonDocument.Parse(RulecRun.WithInput(Loop, "flows", "--format", "json").Output);
        var root = json.RootElement;
        var flow = root.GetProperty("flows")[1];
        var leg = flow.GetProperty("legs")[0];

        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("schema").GetString(), Is.EqualTo("rulec.flows/1"));
            Assert.That(root.GetProperty("host").GetProperty("inferred").GetBoolean(), Is.True);
            Assert.That(root.GetProperty("profile").GetProperty("outboundPort").GetInt32(), Is.EqualTo(15001));
            Assert.That(flow.GetProperty("flow").GetInt32(), Is.EqualTo(2));
            Assert.That(flow.GetProperty("name").GetString(), Is.EqualTo("Local Pod -> Remote Pod"));
            Assert.That(flow.GetProperty("status").GetString(), Is.EqualTo("broken"));
            Assert.That(flow.GetProperty("path").GetString(), Does.StartWith("OUTPUT > ISTIO_OUTPUT#7 > ISTIO_REDIRECT#1 > Envoy 15001"));
            Assert.That(flow.GetProperty("article").GetString(), Does.Contain("ISTIO_OUTPUT#9"));
            Assert.That(flow.GetProperty("note").GetString(), Does.StartWith("redirect loop"));
            Assert.That(leg.GetProperty("from").GetString(), Is.EqualTo("Local Pod"));
            Assert.That(leg.GetProperty("to").GetString(), Is.EqualTo("Envoy 15001"));
            Assert.That(leg.GetProperty("packet").GetString(), Does.StartWith("tcp "));
            Assert.That(leg.GetProperty("steps")[0].GetProperty("target").GetString(), Is.EqualTo("ISTIO_OUTPUT"));
            Assert.That(leg.GetProperty("rewrites")[0].GetProperty("destination").GetString(), Is.EqualTo("127.0.0.1:15001"));
        });
    }

    [Test]
    public void A_dump_without_a_sidecar_says_so()
    {
        var text = RulecRun.WithInput(Firewall, "flows");
        using var json = JsonDocument.Parse(RulecRun.WithInput(Firewall, "flows", "--format", "json").Output);

        Assert.Multiple(() =>
        {
            Assert.That(text.ExitCode, Is.Zero);
            Assert.That(text.Output, Does.StartWith("<stdin>: no sidecar"));
            Assert.That(json.RootElement.GetProperty("flows").GetArrayLength(), Is.Zero);
            Assert.That(json.RootElement.GetProperty("note").GetString(), Does.StartWith("no sidecar"));
        });
    }

    [TestCase("{ \"name\": \"mine\" }", "No profile: the field 'title' is missing", TestName = "A profile without a title")]
    [TestCase("nonsense", "No profile: ", TestName = "A profile that is no JSON")]
    public void Profile_with_an_error(string profile, string message)
    {
        using var folder = new TemporaryFolder();
        var run = RulecRun.WithInput(Firewall, "flows", "--profile", folder.Write("mine.json", profile));

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Errors, Does.Contain(message));
        });
    }

    [Test]
    public void A_profile_that_there_is_not()
    {
        var run = RulecRun.WithInput(Firewall, "flows", "--profile", "nonesuch");

        Assert.That((run.ExitCode, run.Errors.Contains("No profile 'nonesuch'; there are consul, istio, ", StringComparison.Ordinal)), Is.EqualTo((2, true)));
    }

    private static RulecRun WithHost(SidecarDump dump, params string[] options)
    {
        using var folder = new TemporaryFolder();
        return RulecRun.WithInput(dump.ToString(), ["flows", "--host", folder.Write("host.json", Host), .. options]);
    }
}
