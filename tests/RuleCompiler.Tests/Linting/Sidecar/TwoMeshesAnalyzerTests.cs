using NUnit.Framework;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class TwoMeshesAnalyzerTests
{
    private const string Id = "IPT4015";

    [Test]
    public void Istio_behind_Linkerd()
    {
        var dump = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            :PROXY_INIT_REDIRECT - [0:0]
            [|-A PREROUTING -j PROXY_INIT_REDIRECT|]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A PROXY_INIT_REDIRECT -p tcp -m multiport --dports 4190,4191 -j RETURN
            -A PROXY_INIT_REDIRECT -p tcp -j REDIRECT --to-ports 4143
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15090 -j RETURN
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            COMMIT

            """;
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Error));
            Assert.That(finding.Message, Does.StartWith("Linkerd takes packets that Istio sidecar"));
            Assert.That(finding.Because.Select(cause => cause.RuleNumber), Is.EqualTo([2]));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("redirect 10.244.1.7:4143 accept local"));
        });
    }

    [Test]
    public void Kuma_behind_Consul() => FindingAssert.Reports("""
        *nat
        :OUTPUT ACCEPT [0:0]
        :CONSUL_PROXY_OUTPUT - [0:0]
        :KUMA_MESH_OUTBOUND - [0:0]
        [|-A OUTPUT -p tcp -j CONSUL_PROXY_OUTPUT|]
        -A OUTPUT -p tcp -j KUMA_MESH_OUTBOUND
        -A CONSUL_PROXY_OUTPUT -m owner --uid-owner 5995 -j RETURN
        -A CONSUL_PROXY_OUTPUT -p tcp -j REDIRECT --to-ports 15101
        -A KUMA_MESH_OUTBOUND -m owner --uid-owner 5678 -j RETURN
        -A KUMA_MESH_OUTBOUND -p tcp -j REDIRECT --to-ports 15001
        COMMIT

        """, Id);

    [Test]
    public void Meshes_for_different_interfaces_do_not_meet() => FindingAssert.ReportsNothing("""
        *nat
        :PREROUTING ACCEPT [0:0]
        :ISTIO_INBOUND - [0:0]
        :PROXY_INIT_REDIRECT - [0:0]
        -A PREROUTING -i net1 -j PROXY_INIT_REDIRECT
        -A PREROUTING ! -i net1 -p tcp -j ISTIO_INBOUND
        -A PROXY_INIT_REDIRECT -p tcp -j REDIRECT --to-ports 4143
        -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
        COMMIT

        """, Id);

    [TestCaseSource(typeof(MeshDumps), nameof(MeshDumps.Names))]
    public void One_mesh_is_one(string mesh) => FindingAssert.ReportsNothing(MeshDumps.Of(mesh), Id);
}
