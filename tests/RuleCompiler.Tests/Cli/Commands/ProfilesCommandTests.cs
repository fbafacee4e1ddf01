using System.Text.Json;
using NUnit.Framework;
using RuleCompiler.Flows;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Cli.Commands;

internal sealed class ProfilesCommandTests
{
    [Test]
    public void All_are_listed() => Snapshot.Verify(RulecRun.Of("profiles").Output);

    [Test]
    public void One_is_told() => Snapshot.Verify(RulecRun.Of("profiles", "istio-ambient").Output);

    /// <summary>What JSON gives is a file for <c>--profile</c>, and means the same.</summary>
    [Test]
    public void Json_is_a_profile_file()
    {
        using var json = JsonDocument.Parse(RulecRun.Of("profiles", "--format", "json").Output);
        Assert.Multiple(() =>
        {
            foreach (var profile in json.RootElement.GetProperty("profiles").EnumerateArray())
            {
                using var folder = new TemporaryFolder();
                var name = profile.GetProperty("name").GetString() ?? "";
                var again = RulecRun.Of("profiles", folder.Write("mine.json", profile.GetRawText()), "--format", "json").Output;
                Assert.That(again, Is.EqualTo(RulecRun.Of("profiles", name, "--format", "json").Output), name);
            }
        });
        Assert.That(json.RootElement.GetProperty("profiles").GetArrayLength(), Is.EqualTo(ProfileCatalog.Names.Length));
    }

    [Test]
    public void A_user_s_own_profile_serves_flows()
    {
        using var folder = new TemporaryFolder();
        var profile = folder.Write("mine.json", """{ "extends": "istio", "name": "mine", "title": "Our mesh", "proxy": "Gate" }""");
        var run = RulecRun.WithInput(SidecarDump.Article.ToString(), "flows", "--profile", profile);

        Assert.That(run.Output, Does.Contain("Our mesh: Gate is uid 1337").And.Contain("> Gate 15001 >"));
    }

    [Test]
    public void A_mesh_is_inferred_without_one() => Assert.That(
        RulecRun.Of("flows", Repository.PathOf("tests/RuleCompiler.Tests/Baselines/linkerd/dump.rules")).Output,
        Does.Contain("Linkerd: linkerd-proxy is uid 2102; inbound 4143, outbound 4140"));
}
