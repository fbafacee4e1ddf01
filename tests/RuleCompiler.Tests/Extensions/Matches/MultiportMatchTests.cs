using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class MultiportMatchTests
{
    [TestCase("-p tcp -m multiport --dports 22,80", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-p tcp -m multiport --dports 81:90,70:79", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-p tcp -m multiport ! --dports 22,79:81", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-p tcp -m multiport --ports 1000", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-p tcp -m multiport --ports 80", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-p tcp -m multiport ! --ports 80", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-p tcp -m multiport ! --ports 1,2", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-p tcp -m multiport ! --sports 1,2", "udp 10.0.0.1:1000 -> 10.0.0.2:53", ExpectedResult = false)]
    [TestCase("-p udp -m multiport --dports 9,5,53,7", "udp 10.0.0.1:1000 -> 10.0.0.2:53", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-p tcp -m multiport --destination-port 9,5,7", "-p tcp -m multiport --dports 9,5,7")]
    [TestCase("-p tcp -m multiport --source-ports ssh,http:443", "-p tcp -m multiport --sports 22,80:443")]
    [TestCase("-p tcp -m multiport ! --port 1", "-p tcp -m multiport ! --ports 1")]
    [TestCase("-p tcp -m multiport --dports 0:65535", "-p tcp -m multiport --dports 0:65535")]
    [TestCase("-p tcp -m multiport --dports 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15", "-p tcp -m multiport --dports 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-p tcp -m multiport --dports [|5:3|]", "IPT2012")]
    [TestCase("-p tcp -m multiport --dports [|5:5|]", "IPT2012")]
    [TestCase("-p tcp -m multiport --dports [|5:|]", "IPT2013")]
    [TestCase("-p tcp -m multiport --dports [|5,|]", "IPT2013")]
    [TestCase("-p tcp -m multiport --dports [|1,2,3,4,5,6,7,8,9,10,11,12,13,14,15:16|]", "IPT2020")]
    [TestCase("-p tcp -m multiport --dports 1 [|--sports|] 2", "IPT2054")]
    [TestCase("-m [|multiport|] --dports 1", "IPT2055")]
    [TestCase("! -p tcp -m [|multiport|] --dports 1", "IPT2055")]
    [TestCase("-p tcp -m [|multiport|]", "IPT2053")]
    [TestCase("-p udp -m multiport [|--dports|] ntp,http", "IPT2013")]
    [TestCase("-p sctp -m multiport [|--dports|] http", "IPT2013")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
