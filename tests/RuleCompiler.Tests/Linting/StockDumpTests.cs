using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Linting.Sidecar;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Linting;

/// <summary>What meshes, node agents and firewalls set up by default is no mistake: no error and no warning there.</summary>
internal sealed class StockDumpTests
{
    /// <summary>Why something in these dumps is a mistake all the same: the folder, the files, and the check.</summary>
    private static readonly (string Folder, string Path, string Id)[] Exceptions =
    [
        // Set up for two proxy users. The rule for what the first one does not own takes what the second one sends, so that
        // the second one's own rule never counts: the kernel's counters say so too.
        ("corpora/istio--istio/loaded", "-uid-gid.", "IPT4009"),

        // Set up to capture one network and to leave the same one out. The RETURN comes first, the REDIRECT behind it gets
        // no packet: one of the two was not meant.
        ("corpora/istio--istio/loaded", "sidecar/ipv6-ipnets.v6", "IPT3001"),
        ("corpora/istio--istio/loaded", "sidecar/ipv6-uid-gid.v6", "IPT3001"),

        // For each virtual interface a REDIRECT of all TCP, and behind it a RETURN of the same TCP, which gets none: the order
        // of the two says that nothing is left out, the second rule that something should be.
        ("corpora/istio--istio/loaded", "virtual_interfaces", "IPT3001"),

        // The rules of a unit test, which leave ports out of inbound capture and never say where inbound goes: the pod is
        // in the mesh for what it sends only.
        ("corpora/linkerd--linkerd2-proxy-init", "facts/iptables_test-01.v4.save", "IPT4003"),

        // An ACCEPT for the proxy's administration port stands behind a REDIRECT of all TCP, and so is captured with the rest.
        ("corpora/openservicemesh--osm", "openservicemesh--osm/facts/", "IPT3001"),

        // A rule of the sample's own for multicast sources. 'smurfs' has logged and dropped those before, so that they are
        // never told apart from smurfs: the rule is no part of what the firewall sets up by default.
        ("corpora/generated", "generated/shorewall-rich", "IPT3001"),

        // Samples that name services of IPv4 and are written for both families. Nothing lets a router's or a neighbour's
        // message in, so that IPv6 does not work on such a host: RELATED is no state that these messages have.
        ("corpora/generated", "generated/ferm-mix.v6", "IPT3019"),
        ("corpora/generated", "generated/firehol-1.v6", "IPT3019"),

        // A node on which nothing runs: the chains of workloads and host endpoints, which alone would set the mark that
        // these rules ask for, are empty until a pod comes. By this dump alone they are dead.
        ("corpora/projectcalico--calico", "calico/felix/fv/", "IPT3001"),
    ];

    [TestCase("corpora/istio--istio/loaded")]
    [TestCase("corpora/istio--istio/facts")]
    [TestCase("corpora/linkerd--linkerd2-proxy-init")]
    [TestCase("corpora/kumahq--kuma")]
    [TestCase("corpora/openservicemesh--osm")]
    [TestCase("corpora/moby--moby")]
    [TestCase("corpora/generated")]
    [TestCase("corpora/antrea-io--antrea")]
    [TestCase("corpora/projectcalico--calico")]
    [TestCase("corpora/s1061123--multus-proxy-k")]
    public void Nothing_is_wrong_with(string folder)
    {
        var results = Linter.Run([.. SharedData.Files(folder, "*").Select(path => new LintInput(Compile(path), LintOptions.Default))]);

        var wrong = results.SelectMany(result => result.Findings).Where(finding => finding.Severity > DiagnosticSeverity.Info).ToList();
        var exceptions = Exceptions.Where(exception => exception.Folder == folder).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(results, Is.Not.Empty);
            Assert.That(results.SelectMany(result => result.Undecided), Is.Empty);
            Assert.That(
                wrong.Where(finding => !exceptions.Exists(exception => IsOf(exception, finding)))
                    .Select(finding => $"{finding.Location.Source.Path}({finding.Location.Start.Line}): {finding.Id}: {finding.Message}"),
                Is.Empty);
            Assert.That(exceptions.Where(exception => !wrong.Exists(finding => IsOf(exception, finding))), Is.Empty, "exceptions that no dump needs");
        });
    }

    [Test]
    public void Open_Service_Mesh_has_exactly_one_mistake()
    {
        var results = Linter.Run(
            [.. SharedData.Files("corpora/openservicemesh--osm", "*").Select(path => new LintInput(Compile(path), LintOptions.Default))]);

        Assert.That(
            results.SelectMany(result => result.Findings).Where(finding => finding.Severity > DiagnosticSeverity.Info).Select(finding => finding.Id),
            Is.EqualTo(["IPT3001"]));
    }

    [TestCaseSource(typeof(MeshDumps), nameof(MeshDumps.Names))]
    public void Nothing_is_wrong_with_what_a_mesh_writes(string mesh) => Assert.That(
        Linter.Run(Linted.Compile(MeshDumps.Of(mesh))).Findings.Where(finding => finding.Severity > DiagnosticSeverity.Info).Select(finding => finding.Id),
        mesh == "Open Service Mesh" ? Is.EqualTo(["IPT3001"]) : Is.Empty);

    private static bool IsOf((string Folder, string Path, string Id) exception, Finding finding) =>
        exception.Id == finding.Id && finding.Location.Source.Path.Contains(exception.Path, StringComparison.Ordinal);

    private static Compilation Compile(string path) =>
        Compilation.Create(SyntaxTree.Parse(SourceText.From(File.ReadAllBytes(path), path)));
}
