using NUnit.Framework;
using RuleCompiler.Tests.Evaluation;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class ClusterMatchTests
{
    [TestCase("-m cluster --cluster-total-nodes 3 --cluster-hash-seed 1 --cluster-local-node 2", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m cluster --cluster-total-nodes 3 --cluster-hash-seed 1 --cluster-local-node 2", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 state INVALID", ExpectedResult = false)]
    [TestCase("-m cluster --cluster-total-nodes 3 --cluster-hash-seed 1 ! --cluster-local-node 2", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 state UNTRACKED", ExpectedResult = false)]
    public bool Fails_without_a_connection(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("", ExpectedResult = "PREROUTING#1 PREROUTING Accept")]
    [TestCase("! ", ExpectedResult = "PREROUTING#1 PREROUTING Accept")]
    public string Fails_behind_a_CT_rule_in_raw(string bang) => Traced.Path(
        $"*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -j CT --zone 5\n-A PREROUTING -m cluster --cluster-total-nodes 2 --cluster-hash-seed 7 {bang}--cluster-local-node 1\nCOMMIT\n",
        "tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0");

    [TestCase("-m cluster --cluster-total-nodes 3 --cluster-local-node 2 --cluster-hash-seed 1", "-m cluster --cluster-local-nodemask 0x00000002 --cluster-total-nodes 3 --cluster-hash-seed 0x00000001")]
    [TestCase("-m cluster --cluster-total-nodes 32 ! --cluster-local-node 32 --cluster-hash-seed 0xdeadbeef", "-m cluster ! --cluster-local-nodemask 0x80000000 --cluster-total-nodes 32 --cluster-hash-seed 0xdeadbeef")]
    [TestCase("-m cluster --cluster-local-nodemask 6 --cluster-hash-seed 0 --cluster-total-nodes 3", "-m cluster --cluster-local-nodemask 0x00000006 --cluster-total-nodes 3 --cluster-hash-seed 0x00000000")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m [|cluster|] --cluster-total-nodes 3 --cluster-hash-seed 1", "IPT2030")]
    [TestCase("-m [|cluster|] --cluster-total-nodes 3 --cluster-local-node 2", "IPT2053")]
    [TestCase("-m [|cluster|] --cluster-hash-seed 3 --cluster-local-node 2", "IPT2053")]
    [TestCase("-m cluster --cluster-total-nodes 3 --cluster-hash-seed 1 [|--cluster-local-node|] 4", "IPT2034")]
    [TestCase("-m cluster --cluster-total-nodes 3 --cluster-hash-seed 1 [|--cluster-local-nodemask|] 8", "IPT2034")]
    [TestCase("-m cluster --cluster-total-nodes 3 --cluster-hash-seed 1 --cluster-local-node [|0|]", "IPT2011")]
    [TestCase("-m cluster --cluster-total-nodes [|33|] --cluster-local-node 1 --cluster-hash-seed 1", "IPT2011")]
    [TestCase("-m cluster --cluster-total-nodes 3 --cluster-hash-seed 1 --cluster-local-node 1 [|--cluster-local-nodemask|] 1", "IPT2054")]
    [TestCase("-m cluster --cluster-total-nodes 3 --cluster-local-node 1 ! [|--cluster-hash-seed|] 1", "IPT2051")]
    [TestCase("-m cluster --cluster-total-nodes 16 --cluster-hash-seed 1 --cluster-local-nodemask [|33|]", "IPT2011")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
