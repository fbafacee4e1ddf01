using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Flows;

internal sealed class FlowNamingTests
{
    private const string Sidecar = """
        *nat
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :ISTIO_INBOUND - [0:0]
        :ISTIO_IN_REDIRECT - [0:0]
        :ISTIO_OUTPUT - [0:0]
        :ISTIO_REDIRECT - [0:0]
        -A PREROUTING -p tcp -j ISTIO_INBOUND
        -A OUTPUT -p tcp -j ISTIO_OUTPUT
        -A ISTIO_INBOUND -p tcp -m tcp --dport 15090 -j RETURN
        -A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT
        -A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15006
        -A ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN
        -A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 1337 -j ISTIO_IN_REDIRECT
        -A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 1337 -j RETURN
        -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
        -A ISTIO_OUTPUT -d 127.0.0.1/32 -j RETURN
        -A ISTIO_OUTPUT -j ISTIO_REDIRECT
        -A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001
        COMMIT

        """;

    [TestCase("tcp 10.0.0.9:40000 -> 10.244.1.7:8080 in eth0", ExpectedResult = 1)]
    [TestCase("tcp 127.0.0.6:40000 -> 10.244.1.7:8080 uid 1337 gid 1337", ExpectedResult = 1)]
    [TestCase("tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000 gid 1000", ExpectedResult = 2)]
    [TestCase("tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1337 gid 1337", ExpectedResult = 2)]
    [TestCase("tcp 10.0.0.9:40000 -> 10.244.1.7:15090 in eth0", ExpectedResult = 3)]
    [TestCase("tcp 10.244.1.7:40000 -> 10.244.1.7:8080 uid 1000 gid 1000", ExpectedResult = 4)]
    [TestCase("tcp 10.244.1.7:40000 -> 10.244.1.7:8080 uid 1337 gid 1337", ExpectedResult = 4)]
    [TestCase("tcp 127.0.0.1:40000 -> 127.0.0.1:15000 uid 1337 gid 1337", ExpectedResult = 5)]
    [TestCase("tcp 10.244.1.7:40000 -> 10.0.0.12:15012 uid 1337 gid 1337", ExpectedResult = 6)]
    [TestCase("udp 10.244.1.7:40000 -> 10.96.0.10:53 uid 1000 gid 1000", ExpectedResult = null)]
    [TestCase("icmp 10.0.0.9 -> 10.244.1.7 in eth0", ExpectedResult = null)]
    public int? Names_the_flow_of(string expression)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(Sidecar)));
        var host = HostInference.Infer(compilation);
        var packet = PacketAssert.Parse(expression);
        var profile = ProfileCatalog.Find("istio") ?? throw new AssertionException("no profile");

        var naming = FlowNaming.Create(compilation, Family.IPv4, profile, host) ?? throw new AssertionException("no sidecar");
        return naming.FlowOf(packet, new Evaluator(compilation, Family.IPv4, host).Trace(packet)[0].Rewrites);
    }

    [Test]
    public void Rules_without_a_sidecar_have_no_flows()
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From("*nat\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n")));
        var profile = ProfileCatalog.Find("istio") ?? throw new AssertionException("no profile");

        Assert.That(FlowNaming.Create(compilation, Family.IPv4, profile, HostInference.Infer(compilation)), Is.Null);
    }
}
