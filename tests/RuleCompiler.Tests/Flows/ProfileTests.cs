using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Flows;

/// <summary>The meshes that the compiler knows: found in a dump, their flows played connection by connection.</summary>
internal sealed class ProfileTests
{
    private static readonly string[] Meshes = ["consul", "istio-ambient", "istio-tproxy", "kuma", "linkerd", "osm"];

    /// <summary>Each mesh's dump in <c>Baselines</c>, with ports and users that may differ from the defaults.</summary>
    [TestCaseSource(nameof(Meshes))]
    public void Flows_of(string mesh)
    {
        var compilation = Compile(File.ReadAllText(Repository.PathOf($"tests/RuleCompiler.Tests/Baselines/{mesh}/dump.rules")));
        var profile = ProfileCatalog.InferFor(compilation);

        Assert.That(profile.Name, Is.EqualTo(mesh));
        Snapshot.VerifyFile(FlowStory.Tell(Play(compilation, profile)), Repository.PathOf($"tests/RuleCompiler.Tests/Baselines/{mesh}/flows.verified.txt"));
    }

    [TestCase("ISTIO_INBOUND", "15006", "1337", ExpectedResult = "istio")]
    [TestCase("ISTIO_OUTPUT_DNS", "15006", "1337", ExpectedResult = "istio-dns")]
    [TestCase("MESH", "4143", "2102", ExpectedResult = "linkerd", Description = "by its numbers alone")]
    [TestCase("MESH", "15003", "1500", ExpectedResult = "osm")]
    [TestCase("MESH", "15006", "5678", ExpectedResult = "kuma")]
    [TestCase("MESH", "4143", "1000", ExpectedResult = "istio", Description = "one number alone is anybody's")]
    public string Inferred(string chain, string port, string uid) => ProfileCatalog.InferFor(Compile($"""
        *nat
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :{chain} - [0:0]
        -A PREROUTING -p tcp -j {chain}
        -A OUTPUT -m owner --uid-owner {uid} -j RETURN
        -A {chain} -p tcp -j REDIRECT --to-ports {port}
        COMMIT

        """)).Name;

    [TestCase("{", "Expected depth to be zero")]
    [TestCase("[]", "a profile is a JSON object")]
    [TestCase("""{ "name": "x", "title": "X" }""", "the field 'proxy' is missing")]
    [TestCase("""{ "extends": "istoi", "name": "x", "title": "X" }""", "the field 'extends': there is no profile 'istoi'; there are consul, istio, ")]
    [TestCase("""{ "extends": "istio", "name": "x" }""", "the field 'title' is missing")]
    [TestCase("""{ "extends": "istio", "name": "x", "title": "X", "inboundPort": 70000 }""", "the field 'inboundPort': ")]
    [TestCase("""{ "extends": "istio", "name": "x", "title": "X", "proxyUids": 7 }""", "the field 'proxyUids': ")]
    [TestCase("""{ "extends": "istio", "name": "x", "title": "X", "proxyUid": [7] }""", "a profile has no field 'proxyUid'; did you mean 'proxyUids'?")]
    [TestCase("""{ "extends": "istio", "name": "x", "title": "X", "passthroughSources": ["x"] }""", "the field 'passthroughSources': 'x' is no address")]
    [TestCase(
        """{ "extends": "kuma", "name": "x", "title": "X", "flows": [ { "number": 3, "name": "n", "opener": "remote", "destination": "served", "from": "a", "to": "b" } ] }""",
        "flow 3 goes to a port that the proxy serves, and 'servedPorts' names none")]
    [TestCase(
        """{ "extends": "kuma", "name": "x", "title": "X", "flows": [ { "number": 3, "name": "n", "opener": "robot", "destination": "served", "from": "a", "to": "b" } ] }""",
        "the field 'flows': the field 'opener': 'robot' is none of remote, application, proxy, agent, probe")]
    public void A_file_that_is_no_profile_is_refused(string json, string message) =>
        Assert.That(() => ProfileReader.Read(json), Throws.TypeOf<FormatException>().With.Message.StartsWith(message));

    [Test]
    public void A_profile_has_the_fields_of_the_one_it_extends()
    {
        var profile = ProfileReader.Read("""{ "extends": "istio", "name": "mine", "title": "Mine", "proxyUids": [1400], /* why */ }""");
        var istio = ProfileCatalog.Default;

        Assert.That((profile.Name, profile.ProxyUids.Single(), profile.InboundPort), Is.EqualTo(("mine", 1400u, istio.InboundPort)));
        Assert.That(profile.Flows.Select(f => f.Article), Is.EqualTo(istio.Flows.Select(f => f.Article)));
    }

    [Test]
    public void Names_that_are_meant_to_be_captured_and_are_not_are_told()
    {
        var compilation = Compile(SidecarDump.Today.ToString());
        var profile = ProfileCatalog.Find("istio-dns") ?? throw new AssertionException("no such profile");
        var flows = FlowAnalysis.Run(compilation, profile, isForced: true, HostInference.Infer(compilation)).Single().Flows;

        Assert.That(flows.Where(f => f.Definition.Number > 6).Select(f => f.Note), Has.All.Contains("captures nothing of OUTPUT to pilot-agent 15053"));
    }

    [Test]
    public void Every_dump_of_Istio_is_known_as_one()
    {
        SharedData.Require("corpora/istio--istio/loaded");
        // A dump in TPROXY mode may capture names too.
        var wrong = from path in SharedData.Files("corpora/istio--istio/loaded", "*.nft.save")
                    let name = ProfileCatalog.InferFor(Compile(File.ReadAllText(path))).Name
                    let expected = path.Contains("/ambient/", StringComparison.Ordinal) && !path.Contains("hostprobe", StringComparison.Ordinal)
                        ? "istio-ambient"
                        : path.Contains("tproxy", StringComparison.Ordinal) ? "istio-(tproxy|dns)" : "istio|istio-dns|istio-tproxy"
                    where !Regex.IsMatch(name, $"^({expected})$", RegexOptions.None, TimeSpan.FromSeconds(1))
                    select $"{path}: {name}";

        Assert.That(wrong, Is.Empty);
    }

    private static Compilation Compile(string dump) => Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)));

    private static ImmutableArray<FlowAnalysis> Play(Compilation compilation, MeshProfile profile) =>
        FlowAnalysis.Run(compilation, profile, isForced: false, HostInference.Infer(compilation));
}
