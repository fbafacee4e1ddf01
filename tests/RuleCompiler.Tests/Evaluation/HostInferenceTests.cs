using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class HostInferenceTests
{
    [Test]
    public void Rules_without_interfaces_have_a_pod()
    {
        var host = Infer("*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j ACCEPT\nCOMMIT\n");

        Assert.Multiple(() =>
        {
            Assert.That(host.IsInferred);
            Assert.That(Interfaces(host), Is.EqualTo(new[] { "lo 127.0.0.1/8 ::1/128", "eth0 10.244.1.7/24 fd00:244::7/64" }));
            Assert.That(host.Routes.Select(r => $"{r.Via} {r.Interface}"), Is.EqualTo(new[] { "10.244.1.1 eth0", "fd00:244::1 eth0" }));
        });
    }

    [Test]
    public void Named_interfaces_are_there_and_wildcards_have_an_example()
    {
        var host = Infer("""
            *filter
            :FORWARD ACCEPT [0:0]
            -A FORWARD -i cali+ -o ens5 -j ACCEPT
            -A FORWARD ! -i tunl0 -o ens+ -j ACCEPT
            COMMIT
            """);

        Assert.That(Interfaces(host), Is.EqualTo(new[]
        {
            "lo 127.0.0.1/8 ::1/128", "ens5 10.244.1.7/24 fd00:244::7/64",
            "tunl0 172.30.0.1/24 fd00:172:30::1/64", "cali0 172.30.1.1/24 fd00:172:30:1::1/64",
        }));
    }

    [Test]
    public void A_host_with_containers_leads_out_by_another_interface_than_theirs()
    {
        var host = Infer("""
            *nat
            :POSTROUTING ACCEPT [0:0]
            -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
            COMMIT
            """);

        Assert.That(Interfaces(host), Is.EqualTo(new[]
        {
            "lo 127.0.0.1/8 ::1/128", "eth0 10.244.1.7/24 fd00:244::7/64", "docker0 172.17.0.1/16 fd00:172:30::1/64",
        }));
    }

    [Test]
    public void Translated_connections_show_the_way_out_and_own_addresses()
    {
        var host = Infer("""
            *nat
            :POSTROUTING ACCEPT [0:0]
            -A POSTROUTING -o wan0 -j SNAT --to-source 203.0.113.5
            COMMIT
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -i eth0 -d 203.0.113.6/32 -j ACCEPT
            -A INPUT ! -d 203.0.113.7/32 -j DROP
            -A INPUT -d 224.0.0.1/32 -j ACCEPT
            COMMIT
            """);

        Assert.That(Interfaces(host)[1], Is.EqualTo("wan0 10.244.1.7/24 fd00:244::7/64 203.0.113.5/32 203.0.113.6/32"));
        Assert.That(Interfaces(host)[2], Does.StartWith("eth0 "));
    }

    [Test]
    public void A_transparent_proxy_is_there_and_gets_its_packets()
    {
        var host = Infer("""
            *mangle
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -p udp -j TPROXY --on-port 15006 --on-ip 0.0.0.0 --tproxy-mark 0x539/0xffffffff
            COMMIT
            """);

        Assert.That(host.Sockets.Single(), Is.EqualTo(new HostSocket(IpProtocol.Udp, new(Family.IPv4, 0), 15006, true)));
        Assert.That(host.Rules.Single(), Is.EqualTo(new HostRule(MaskedNumber.Exact(0x539), 133)));
        Assert.That(Routing.Of(host).Find(new(Family.IPv4, 0x08080808), 0x539).Kind, Is.EqualTo(RouteKind.Local));
    }

    private static HostFacts Infer(string dump)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)));
        Assert.That(compilation.Diagnostics, Is.Empty);
        return HostInference.Infer(compilation);
    }

    private static string[] Interfaces(HostFacts host) =>
        [.. host.Interfaces.Select(i => $"{i.Name} {string.Join(' ', i.Addresses)}")];
}
