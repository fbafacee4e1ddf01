using System.Text.Json.Nodes;
using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles;

/// <summary>The oracle against what was recorded with another set of tools: both must see the same kernel.</summary>
internal sealed class KernelTraceTests
{
    private const string Host = """
        {
          "interfaces": [{ "name": "eth0", "addresses": ["10.0.0.1/24", "fd00::1/64"] }],
          "routes": [{ "destination": "default", "via": "10.0.0.254", "interface": "eth0" }]
        }
        """;

    [TestCase(Flavour.Nft)]
    [TestCase(Flavour.Legacy)]
    public void Several_packets_under_one_dump_do_not_know_of_each_other(Flavour flavour)
    {
        KernelTrace.Require();
        const string dump = """
            *filter
            :INPUT ACCEPT [0:0]
            :FORWARD ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            -A INPUT -p tcp -m conntrack --ctstate NEW -j DROP
            -A OUTPUT -m owner --uid-owner 7 -j LOG
            COMMIT

            """;
        var traces = KernelTrace.Run(
            dump, Host, flavour, "tcp 10.0.0.9:1 -> 10.0.0.1:80 in eth0", "tcp 10.0.0.9:1 -> 10.0.0.1:80 in eth0", "udp 10.0.0.1:5 -> 8.8.8.8:53 uid 7");
        Assert.Multiple(() =>
        {
            const string dropped = "INPUT       filter   INPUT#1 (line 5)             drop DROP\ndrop";
            Assert.That(traces[0].ToString(), Is.EqualTo(dropped));
            Assert.That(traces[1].ToString(), Is.EqualTo(dropped));
            Assert.That(traces[2].ToString(), Is.EqualTo("""
                OUTPUT      filter   OUTPUT#1 (line 6)            continue LOG
                OUTPUT      filter   OUTPUT                       policy ACCEPT
                accept
                """));
        });
    }

    [TestCase(Flavour.Nft)]
    [TestCase(Flavour.Legacy)]
    public void What_TEE_copies_is_another_packet(Flavour flavour)
    {
        KernelTrace.Require();
        const string dump = """
            *mangle
            :PREROUTING ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :POSTROUTING ACCEPT [0:0]
            -A PREROUTING -p tcp -j TEE --gateway 10.0.0.9
            -A OUTPUT -p tcp -j LOG
            -A POSTROUTING -p udp -j TEE --gateway 10.0.0.9
            COMMIT

            """;
        var traces = KernelTrace.Run(dump, Host, flavour, "tcp 10.0.0.9:1 -> 10.0.0.1:80 in eth0", "udp 10.0.0.1:5 -> 8.8.8.8:53 uid 7");
        Assert.Multiple(() =>
        {
            Assert.That(traces[0].ToString(), Is.EqualTo("""
                PREROUTING  mangle   PREROUTING#1 (line 5)        continue TEE
                PREROUTING  mangle   PREROUTING                   policy ACCEPT
                accept
                """));
            Assert.That(traces[1].ToString(), Is.EqualTo("""
                OUTPUT      mangle   OUTPUT                       policy ACCEPT
                POSTROUTING mangle   POSTROUTING#1 (line 7)       continue TEE
                POSTROUTING mangle   POSTROUTING                  policy ACCEPT
                accept
                """));
        });
    }

    [TestCase(Flavour.Nft)]
    [TestCase(Flavour.Legacy)]
    public void Dump_the_kernel_refuses(Flavour flavour)
    {
        KernelTrace.Require();
        Assert.That(
            () => KernelTrace.Run("*nat\n-A OUTPUT -j DROP\nCOMMIT\n", Host, flavour, "tcp 10.0.0.1:1 -> 10.0.0.2:80"),
            Throws.InstanceOf<IOException>());
    }

    [TestCase(Flavour.Nft)]
    [TestCase(Flavour.Legacy)]
    public void The_policy_of_a_chain_that_only_rules_name_is_left_out(Flavour flavour)
    {
        KernelTrace.Require();
        Assert.That(
            KernelTrace.Run("*filter\n-A OUTPUT -j LOG\nCOMMIT\n", Host, flavour, "udp 10.0.0.1:5 -> 8.8.8.8:53")[0].ToString(),
            Is.EqualTo("OUTPUT      filter   OUTPUT#1 (line 2)            continue LOG\naccept"));
    }

    /// <summary>A spread of the recorded cases, all of them when <c>RULEC_ORACLE_CASES</c> asks for more.</summary>
    [Test]
    public void Repeats_what_was_recorded([ValueSource(nameof(Topics))] string topic, [Values] Flavour flavour)
    {
        KernelTrace.Require();
        var cases = JsonNode.Parse(File.ReadAllText(SharedData.Require($"kernel-traces/{topic}.json")))!.AsArray();
        var step = LiveOracleBudget.IsRaised ? 1 : 11;
        Assert.Multiple(() =>
        {
            foreach (var recorded in cases.Where((entry, index) => index % step == 0 && KernelTrace.IsRecordedOf(flavour, entry!)))
            {
                var expected = ObservedTrace.FromJson(recorded!["expect"]![0]!, recorded["lost"] is not null);
                var observed = KernelTrace.Run(
                    (string)recorded["dump"]!, recorded["host"]!.ToJsonString(), flavour, (string)recorded["packet"]!);
                Assert.That(observed[0].ToString(), Is.EqualTo(expected.ToString()), (string)recorded["name"]!);
            }
        });
    }

    private static IEnumerable<string> Topics() => SharedData.Files("kernel-traces", "*.json")
        .Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Except(["format", "refused", "unknown"]);
}
