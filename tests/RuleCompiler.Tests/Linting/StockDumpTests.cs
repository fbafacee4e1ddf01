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
    /// <summary>Why something in these dumps is a mistake all the same: the files, the check, and how many findings there are.</summary>
    private static readonly (string Path, string Id)[] Exceptions =
    [
        // A second proxy user: the rule for the first one decides what the rule for the second one names, as the kernel confirms.
        ("-uid-gid.", "IPT4009"),

        // The unit test's rules have exceptions from inbound capture and no inbound capture: such a pod is unmeshed.
        ("linkerd2-proxy-init/facts/iptables_test-01.v4.save", "IPT4003"),

        // ACCEPT of the administration port stands behind a REDIRECT of all TCP.
        ("osm/facts/", "IPT3001"),

        // The set-ups of these tests exclude a network and include it too: its redirect stands behind its RETURN.
        ("sidecar/ipv6-ipnets.v6", "IPT3001"),
        ("sidecar/ipv6-uid-gid.v6", "IPT3001"),

        // Each virtual interface has a REDIRECT of all TCP and then a RETURN of the same packets.
        ("virtual_interfaces", "IPT3001"),

        // The operator's own rule for multicast sources; those were dropped as smurfs before.
        ("generated/shorewall-rich", "IPT3001"),

        // Sample configurations of one service, with nothing for ICMPv6 and a closing DROP: IPv6 does not work there.
        ("generated/ferm-mix.v6", "IPT3019"),
        ("generated/firehol-1.v6", "IPT3019"),

        // The sample forwards a port to a host behind eth1, and its FORWARD accepts only what goes the other way.
        ("generated/ferm-mix.v4", "IPT3016"),

        // A node without workloads and host endpoints: the chains that would set the mark, or spare a packet, are empty.
        ("calico/felix/fv/", "IPT3001"),
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

        Assert.Multiple(() =>
        {
            Assert.That(results, Is.Not.Empty);
            Assert.That(results.SelectMany(result => result.Undecided), Is.Empty);
            Assert.That(
                results.SelectMany(result => result.Findings).Where(finding => finding.Severity > DiagnosticSeverity.Info && !IsExcepted(finding))
                    .Select(finding => $"{finding.Location.Source.Path}({finding.Location.Start.Line}): {finding.Id}: {finding.Message}"),
                Is.Empty);
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

    private static bool IsExcepted(Finding finding) =>
        Exceptions.Any(exception => exception.Id == finding.Id && finding.Location.Source.Path.Contains(exception.Path, StringComparison.Ordinal));

    private static Compilation Compile(string path) =>
        Compilation.Create(SyntaxTree.Parse(SourceText.From(File.ReadAllBytes(path), path)));
}
