using NUnit.Framework;
using RuleCompiler.Tests.Cli;

namespace RuleCompiler.Tests.Diffing;

/// <summary>Witnesses are packets that a person would think of, wherever the space has such.</summary>
internal sealed class WitnessPickerTests
{
    [TestCase("-A FORWARD -i eth+ -j DROP", "tcp * -> * in *", "in br0 out ")]
    [TestCase("-A FORWARD -i eth+ -j DROP\n-A FORWARD -i br+ -j DROP\n-A FORWARD -i docker0 -j DROP", "tcp * -> * in *", "in ens3 out ")]
    [TestCase("-A FORWARD ! -s 10.0.0.0/8 -j DROP\n-A FORWARD ! -d 10.0.0.0/8 -j DROP", "tcp * -> * in *", "tcp 10.0.1.7:40000 -> 10.0.0.9:80 in ")]
    [TestCase("-A FORWARD -p tcp -m tcp ! --sport 0:1023 -j DROP", "tcp * -> * in *", ":1023 -> ")]
    public void Usual_interfaces_addresses_and_ports_are_taken(string rules, string space, string part)
    {
        var dump = $"*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n{rules}\nCOMMIT\n";
        var run = RulecRun.WithInput(dump, "search", "-", space, "--verdict", "accept");

        Assert.That(run.Output, Does.Contain(part));
    }

    /// <summary>Without an address of its frame, a packet from eth0 may or may not match.</summary>
    [Test]
    public void What_hangs_on_the_frame_s_address_has_one()
    {
        const string Dump = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m mac --mac-source 58:94:6B:17:41:7C -j RETURN\n-A INPUT -j DROP\nCOMMIT\n";
        var run = RulecRun.WithInput(Dump, "search", "-", "tcp * -> * in *", "--verdict", "drop");

        Assert.That(run.Output, Does.Contain(":80 in eth0 mac 02:00:00:00:00:01\n"));
    }

    [Test]
    public void A_status_that_follows_from_the_state_is_not_said()
    {
        const string Dump = "*filter\n:INPUT DROP [0:0]\n-A INPUT -m conntrack ! --ctstatus EXPECTED -j ACCEPT\nCOMMIT\n";
        var run = RulecRun.WithInput(Dump, "search", "-", "tcp * -> * in * state NEW", "--hits", "filter:INPUT:1", "--format", "json");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Output, Does.Match("\"witness\": \"[^\"]*\"").And.Not.Match("\"witness\": \"[^\"]*ctstatus"));
        });
    }

    /// <summary>What a host sends came by no port of a bridge, so that no process can be asked for with one.</summary>
    [Test]
    public void What_a_host_sends_came_by_no_port_of_a_bridge()
    {
        const string Dump = "*mangle\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -m physdev --physdev-in tap0 -j MARK --set-xmark 0x1/0xffffffff\nCOMMIT\n";

        Assert.That(RulecRun.WithInput(Dump, "search", "-", "tcp * -> *", "--hits", "mangle:POSTROUTING:1").ExitCode, Is.Zero);
        Assert.That(RulecRun.WithInput(Dump, "search", "-", "tcp * -> * in *", "--hits", "mangle:POSTROUTING:1").Output, Does.Contain("physin tap0"));
    }
}
