using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class ClusteripTargetTests
{
    [TestCase("-A INPUT -j CLUSTERIP --new --hashmode sourceip --clustermac 01:02:03:04:05:0a --total-nodes 9 --local-node 2", ExpectedResult = "Unknown")]
    [TestCase("-A INPUT -j CLUSTERIP", ExpectedResult = "Unknown")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j CLUSTERIP --new --hashmode sourceip --clustermac 01:02:03:04:05:0a --total-nodes 9 --local-node 2", "-A INPUT -j CLUSTERIP --new --hashmode sourceip --clustermac 01:02:03:04:05:0A --total-nodes 9 --local-node 2 --hash-init 0")]
    [TestCase("-A INPUT -j CLUSTERIP --new --hashmode sourceip --clustermac 01:02:03:04:05:0a --total-nodes 9 --local-node 2 --hash-init 0x10", "-A INPUT -j CLUSTERIP --new --hashmode sourceip --clustermac 01:02:03:04:05:0A --total-nodes 9 --local-node 2 --hash-init 16")]
    [TestCase("-A INPUT -j CLUSTERIP", "-A INPUT -j CLUSTERIP")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j CLUSTERIP [|--new|]", "IPT2031")]
    [TestCase("-A INPUT -j CLUSTERIP [|--hash-init|] 3", "IPT2031")]
    [TestCase("-A INPUT -j CLUSTERIP --new --hashmode sourceip [|--clustermac|] 02:02:03:04:05:06 --total-nodes 9 --local-node 2", "IPT2034")]
    [TestCase("-A INPUT -j CLUSTERIP --new --hashmode [|x|] --clustermac 01:02:03:04:05:06 --total-nodes 9 --local-node 2", "IPT2016")]
    [TestCase("-A INPUT -j CLUSTERIP --new --hashmode sourceip --clustermac 01:02:03:04:05:06 --total-nodes [|17|] --local-node 2", "IPT2011")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
