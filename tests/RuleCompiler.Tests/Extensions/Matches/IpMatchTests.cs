using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class IpMatchTests
{
    private const string FromEth0 = "tcp 10.0.1.7:1000 -> 10.0.0.1:80 in eth0";

    [TestCase("-s 10.0.0.0/16", FromEth0, ExpectedResult = true)]
    [TestCase("! -s 10.0.0.0/16", FromEth0, ExpectedResult = false)]
    [TestCase("-s 10.0.9.7/255.255.0.255", FromEth0, ExpectedResult = true)]
    [TestCase("-s 10.0.9.8/255.255.0.255", FromEth0, ExpectedResult = false)]
    [TestCase("! -s 10.0.9.8/255.255.0.255", FromEth0, ExpectedResult = true)]
    [TestCase("-d 0.0.0.1/0.0.0.255", FromEth0, ExpectedResult = true)]
    [TestCase("-s 10.0.1.77/24", FromEth0, ExpectedResult = true)]
    [TestCase("-i eth0", FromEth0, ExpectedResult = true)]
    [TestCase("-i eth", FromEth0, ExpectedResult = false)]
    [TestCase("-i eth+", FromEth0, ExpectedResult = true)]
    [TestCase("! -i eth+", FromEth0, ExpectedResult = false)]
    [TestCase("! -i wlan+", FromEth0, ExpectedResult = true)]
    [TestCase("-i +", FromEth0, ExpectedResult = true)]
    [TestCase("-p tcp", FromEth0, ExpectedResult = true)]
    [TestCase("-p UDP", FromEth0, ExpectedResult = false)]
    [TestCase("-p 6", FromEth0, ExpectedResult = true)]
    [TestCase("! -p udp", FromEth0, ExpectedResult = true)]
    [TestCase("-p all", FromEth0, ExpectedResult = true)]
    [TestCase("-f", FromEth0, ExpectedResult = false)]
    [TestCase("! -f", FromEth0, ExpectedResult = true)]
    [TestCase("-o eth0", "tcp 10.0.0.1:1000 -> 10.0.0.9:80 uid 1", ExpectedResult = true)]
    [TestCase("! -o eth0", "tcp 10.0.0.1:1000 -> 10.0.0.9:80 uid 1", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-s fd00::/16", "tcp [fd00::9]:1000 -> [fd00::1]:80 in eth0", ExpectedResult = true)]
    [TestCase("! -s fd00::9", "tcp [fd00::9]:1000 -> [fd00::1]:80 in eth0", ExpectedResult = false)]
    [TestCase("-s ::9/::ff", "tcp [fd00::9]:1000 -> [fd00::1]:80 in eth0", ExpectedResult = true)]
    public bool Decides_in_IPv6(string match, string packet) => ExtensionAssert.Matches(match, packet, Family.IPv6);

    [TestCase("-p tcp -o eth1 -d 10.0.0.77/24 -s 10.0.0.1", "-s 10.0.0.1/32 -d 10.0.0.0/24 -o eth1 -p tcp")]
    [TestCase("-s 10.0.0.0/255.0.255.0 ! -i lo", "-s 10.0.0.0/255.0.255.0 ! -i lo")]
    [TestCase("-s 0.0.0.0/0 -i + -p all", "")]
    [TestCase("--source 10/8 --in-interface eth+ --protocol 47 ! --fragment", "-s 10.0.0.0/8 -i eth+ -p gre ! -f")]
    [TestCase("-s 010.0x10.0.1/020 -d +1.2.3.4/255.0377.0.0", "-s 8.16.0.0/16 -d 1.2.0.0/16")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-s [|10.0.0.1.5|]", "IPT2014")]
    [TestCase("-s [|10.0.0.1/33|]", "IPT2015")]
    [TestCase("-s [|10.0.08.0|]", "IPT2014")]
    [TestCase("-s [|10.0.0.0/08|]", "IPT2015")]
    [TestCase("-s [|10.0.0.0/255.255|]", "IPT2015")]
    [TestCase("-s 10.0.0.1 [|-s|] 10.0.0.2", "IPT2052")]
    [TestCase("! -s [|0.0.0.0/0|]", "IPT2060")]
    [TestCase("! -p [|all|]", "IPT2060")]
    [TestCase("-p [|256|]", "IPT2017")]
    [TestCase("-i [|interface0123456|]", "IPT2018")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
