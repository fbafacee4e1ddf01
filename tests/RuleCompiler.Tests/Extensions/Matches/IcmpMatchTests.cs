using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class IcmpMatchTests
{
    [TestCase("-p icmp --icmp-type echo-request", "icmp 10.0.0.1 -> 10.0.0.2", ExpectedResult = true)]
    [TestCase("-p icmp --icmp-type 8/0", "icmp 10.0.0.1 -> 10.0.0.2", ExpectedResult = true)]
    [TestCase("-p icmp ! --icmp-type 8", "icmp 10.0.0.1 -> 10.0.0.2", ExpectedResult = false)]
    [TestCase("-p icmp --icmp-type any", "icmp 10.0.0.1 -> 10.0.0.2 type 3/1", ExpectedResult = true)]
    [TestCase("-p icmp ! --icmp-type any", "icmp 10.0.0.1 -> 10.0.0.2", ExpectedResult = false)]
    [TestCase("-p icmp --icmp-type port-unreachable", "icmp 10.0.0.1 -> 10.0.0.2 type 3/3", ExpectedResult = true)]
    [TestCase("-p icmp --icmp-type 3", "icmp 10.0.0.1 -> 10.0.0.2 type 3/9", ExpectedResult = true)]
    [TestCase("-p icmp --icmp-type 3/1:5", "icmp 10.0.0.1 -> 10.0.0.2 type 3/5", ExpectedResult = true)]
    [TestCase("-p icmp --icmp-type 3/5:1", "icmp 10.0.0.1 -> 10.0.0.2 type 3/5", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-p icmp -m icmp --icmp-type echo-req", "-p icmp -m icmp --icmp-type 8")]
    [TestCase("-p icmp -m icmp --icmp-type network-unreachable", "-p icmp -m icmp --icmp-type 3/0")]
    [TestCase("-p icmp -m icmp --icmp-type 255/255", "-p icmp -m icmp --icmp-type 255/255")]
    [TestCase("-p icmp -m icmp --icmp-type 255/0:255", "-p icmp -m icmp --icmp-type any")]
    [TestCase("-p icmp -m icmp ! --icmp-type ANY", "-p icmp -m icmp ! --icmp-type any")]
    [TestCase("-p icmp -m icmp --icmp-type 3/0:255", "-p icmp -m icmp --icmp-type 3")]
    [TestCase("-p icmp -m icmp --icmp-type 3/1:5", "-p icmp -m icmp --icmp-type 3/1")]
    [TestCase("-p icmp -m icmp --icmp-type pong", "-p icmp -m icmp --icmp-type 0")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-p icmp -m [|icmp|]", "IPT2053")]
    [TestCase("-p icmp -m icmp --icmp-type [|echo|]", "IPT2020")]
    [TestCase("-p icmp -m icmp --icmp-type [|256|]", "IPT2020")]
    [TestCase("-p icmp -m icmp --icmp-type [|3/|]", "IPT2020")]
    [TestCase("-p tcp -m [|icmp|] --icmp-type 8", "IPT2055")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
