using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class RedundantRuleAnalyzerTests
{
    private const string Limit = "-m hashlimit --hashlimit-upto 5/sec --hashlimit-burst 5 --hashlimit-mode srcip --hashlimit-name";

    [Test]
    public void A_limit_of_its_own_is_superfluous_before_a_policy_that_does_the_same() =>
        FindingAssert.Reports($"*filter\n:INPUT ACCEPT [0:0]\n[|-A INPUT {Limit} one -j ACCEPT|]\nCOMMIT\n", "IPT3005");

    /// <remarks>What it counts, another rule asks for.</remarks>
    [Test]
    public void A_limit_that_another_rule_counts_in_too_is_needed() =>
        FindingAssert.Reports($"*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp {Limit} one -j ACCEPT\n-A INPUT -p udp {Limit} one -j DROP\nCOMMIT\n", "IPT3005");

    [TestCase("MARK --set-xmark 0x1/0xffffffff", "MARK --set-xmark 0x1/0x1", TestName = "A bit that is set already")]
    [TestCase("CONNMARK --save-mark --nfmask 0xff --ctmask 0xff", "CONNMARK --save-mark --nfmask 0xff --ctmask 0xff", TestName = "A mark saved twice")]
    public void A_mark_that_is_there_already(string first, string second) =>
        FindingAssert.Reports($"*mangle\n:INPUT ACCEPT [0:0]\n-A INPUT -j {first}\n[|-A INPUT -p tcp -j {second}|]\nCOMMIT\n", "IPT3005");

    /// <remarks>The class set last is the one that counts.</remarks>
    [Test]
    public void A_class_set_back_is_needed() => FindingAssert.Reports(
        "*mangle\n:FORWARD ACCEPT [0:0]\n-A FORWARD -j CLASSIFY --set-class 1:1\n-A FORWARD -p tcp -j CLASSIFY --set-class 1:2\n-A FORWARD -p tcp -j CLASSIFY --set-class 1:1\nCOMMIT\n",
        "IPT3005");

    [Test]
    public void A_mark_restored_from_the_connection_that_has_the_same() => FindingAssert.Reports(
        "*mangle\n:INPUT ACCEPT [0:0]\n[|-A INPUT -m mark --mark 0x1 -m connmark --mark 0x1 -j CONNMARK --restore-mark|]\nCOMMIT\n",
        "IPT3005");
}
