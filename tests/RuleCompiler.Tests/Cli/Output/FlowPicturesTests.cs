using System.Xml.Linq;
using NUnit.Framework;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Cli.Output;

/// <summary>Pictures of flows: well-formed, of one width, with the rules' text as text.</summary>
internal sealed class FlowPicturesTests
{
    [Test]
    public void Each_flow_has_a_file_with_its_deciding_rules()
    {
        using var folder = new TemporaryFolder();
        var run = RulecRun.WithInput(SidecarDump.Article.ToString(), "flows", "--format", "svg", "--out-dir", folder.PathOf("new"));
        var text = XDocument.Load(folder.PathOf("new/flow-2.svg")).Root?.Value;

        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Output), Is.EqualTo((0, "")));
            Assert.That(Directory.GetFiles(folder.PathOf("new")).Select(Path.GetFileName).Order(StringComparer.Ordinal),
                Is.EqualTo(["flow-1.svg", "flow-2.svg", "flow-3.svg", "flow-4.svg", "flow-5.svg", "flow-6.svg"]));
            Assert.That(text, Does.Contain("ISTIO_OUTPUT #9").And.Contain("-j ISTIO_REDIRECT").And.Contain("Envoy, port 15001"));
            Assert.That(text, Does.Contain("prefers-color-scheme: dark"));
        });
    }

    [Test]
    public void Without_a_folder_all_are_one_picture()
    {
        var picture = XDocument.Parse(RulecRun.WithInput(SidecarDump.Article.ToString(), "flows", "--format", "svg").Output);

        Assert.That(picture.Root?.Elements().Count(), Is.EqualTo(6));
    }

    [Test]
    public void Names_of_chains_are_escaped()
    {
        var dump = SidecarDump.Article.ToString().Replace("ISTIO_REDIRECT", "<b>&\u001b[31m", StringComparison.Ordinal);
        var output = RulecRun.WithInput(dump, "flows", "--format", "svg").Output;

        Assert.That(XDocument.Parse(output).Root?.Value, Does.Contain("<b>&\\x1b[31m #1"));
    }

    [Test]
    public void Markdown_shows_them()
    {
        using var folder = new TemporaryFolder();
        var output = RulecRun.WithInput(
            SidecarDump.Article.ToString(), "flows", "--format", "markdown", "--out-dir", folder.PathOf("a b")).Output;

        Assert.That(output, Does.Contain($"![Flow 2: Local Pod -> Remote Pod](<{folder.PathOf("a b")}/flow-2.svg>)"));
        Assert.That(File.Exists(folder.PathOf("a b/flow-2.svg")));
    }

    [Test]
    public void Text_has_no_pictures() => Assert.That(
        RulecRun.WithInput(SidecarDump.Article.ToString(), "flows", "--out-dir", "x").Errors, Does.Contain("--out-dir takes pictures"));
}
