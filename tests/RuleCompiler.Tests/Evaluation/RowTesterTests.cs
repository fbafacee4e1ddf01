using NUnit.Framework;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class RowTesterTests
{
    [TestCase("-p udp -m limit --limit 5/min", "", ExpectedResult = "", TestName = "Nothing is assumed where the packet fails the rule anyway")]
    [TestCase("-p tcp -m limit --limit 5/min", "", ExpectedResult = "limit at filter:INPUT:1")]
    [TestCase("-m set --match-set s src", "", ExpectedResult = "set at filter:INPUT:1")]
    [TestCase("-m set --match-set s src", "in-set s", ExpectedResult = "")]
    [TestCase("-m string --string x --algo bm", "match \"string --string \\\"y\\\" --algo bm\"", ExpectedResult = "string at filter:INPUT:1", TestName = "Another text than the rule's says nothing")]
    [TestCase("-m limit --limit 5/min", "match \"-m limit --limit 5/min\"", ExpectedResult = "")]
    [TestCase("-m limit --limit 5/min", "match \"--limit 5/min\"", ExpectedResult = "")]
    [TestCase("-m length --length 40:60", "", ExpectedResult = "length at filter:INPUT:1")]
    [TestCase("-m length --length 40:60", "length 50", ExpectedResult = "")]
    [TestCase("-m mark --mark 0x100/0x100", "mark 0x1/0xff", ExpectedResult = "mark at filter:INPUT:1")]
    [TestCase("-m mark --mark 0x1/0xf", "mark 0x1/0xff", ExpectedResult = "")]
    public string Asks_only_what_the_packet_does_not_tell(string match, string clause) => string.Join(
        "; ",
        Traced.All($"*filter\n:INPUT ACCEPT [0:0]\n-A INPUT {match}\nCOMMIT\n", $"tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0 {clause}")
            .SelectMany(t => t.Assumptions).Select(a => $"{a.Name} at {a.Place}").Distinct());

    [Test]
    public void Same_set_asked_twice_is_one_unknown_and_its_negation_the_opposite() => Assert.That(
        Traced.All(
            "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m set ! --match-set s src\n-A INPUT -m set --match-set s src -j DROP\nCOMMIT\n",
            "tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0").Select(t => $"{Traced.Path(t)}, {t.Assumptions.Single()}"),
        Is.EqualTo(new[]
        {
            "INPUT#1 INPUT Accept, set at filter:INPUT:1 matches",
            "INPUT#2 Drop, set at filter:INPUT:1 does not match",
        }));

    [TestCase("-A INPUT -j SET --add-set s src", ExpectedResult = "INPUT#1 INPUT#2 INPUT#3 Drop | INPUT#1 INPUT#2 INPUT Accept")]
    [TestCase("-A INPUT -j SET --del-set s src", ExpectedResult = "INPUT#1 INPUT#2 INPUT#3 Drop | INPUT#1 INPUT#2 INPUT Accept")]
    [TestCase("-A INPUT -j SET --add-set t src", ExpectedResult = "INPUT#1 INPUT#2 INPUT#3 Drop")]
    [TestCase("-A OUTPUT -j SET --add-set s src\n-A INPUT", ExpectedResult = "INPUT#1 INPUT#2 INPUT#3 Drop", TestName = "A packet knows the set until it meets the rule that changes it")]
    public string A_set_that_a_rule_before_has_changed_is_unknown(string rule) => string.Join(
        " | ",
        Traced.All(
            $"*filter\n:INPUT ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A INPUT -m set --match-set s src\n{rule}\n-A INPUT -m set --match-set s src -j DROP\nCOMMIT\n",
            "tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0 in-set s").Select(Traced.Path));

    [Test]
    public void Limit_asked_twice_is_two_unknowns() => Assert.That(
        Traced.All(
            "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m limit --limit 5/min\n-A INPUT -m limit --limit 5/min\nCOMMIT\n",
            "tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0"),
        Has.Length.EqualTo(4));

    [Test]
    public void Outcomes_do_not_contradict_themselves() => Assert.That(
        Traced.All(
            "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m length --length 0:100\n-A INPUT -m length --length 50:200\n-A INPUT -m length --length 300\nCOMMIT\n",
            "tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0").Select(Traced.Path),
        Is.EqualTo(new[]
        {
            "INPUT#1 INPUT#2 INPUT Accept",
            "INPUT#1 INPUT Accept",
            "INPUT#2 INPUT Accept",
            "INPUT#3 INPUT Accept",
            "INPUT Accept",
        }));

    [TestCase("--gid-owner 77 --suppl-groups", "uid 1 gid 2 groups 77,78", ExpectedResult = true)]
    [TestCase("--gid-owner 77", "uid 1 gid 2 groups 77,78", ExpectedResult = false)]
    [TestCase("! --gid-owner 77 --suppl-groups", "uid 1 gid 2 groups 77,78", ExpectedResult = false)]
    [TestCase("! --gid-owner 79 --suppl-groups", "uid 1 gid 2 groups 77,78", ExpectedResult = true)]
    [TestCase("! --gid-owner 79 --suppl-groups", "", ExpectedResult = false)]
    [TestCase("! --gid-owner 79", "", ExpectedResult = true)]
    public bool Groups_are_asked_one_by_one(string owner, string clauses) => Traced.One(
        $"*filter\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -m owner {owner} -j DROP\nCOMMIT\n",
        $"tcp 10.1.0.1:1000 -> 10.9.0.1:80 {clauses}").Steps[0].Rule == 1;
}
