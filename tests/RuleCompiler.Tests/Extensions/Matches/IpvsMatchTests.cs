using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class IpvsMatchTests
{
    [TestCase("-m ipvs --vport 80", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m ipvs ! --ipvs", "-m ipvs ! --ipvs")]
    [TestCase("-m ipvs --ipvs ! --vproto TCP --vport http", "-m ipvs ! --vproto 6 --vport 80")]
    [TestCase("-m ipvs --vdir original --vmethod masq ! --vaddr 10.0.0.1/255.255.255.0 --vportctl ftp", "-m ipvs ! --vaddr 10.0.0.1/24 --vdir ORIGINAL --vmethod MASQ --vportctl 21")]
    [TestCase("-m ipvs --vaddr 10.0.0.1/32 --vproto 0", "-m ipvs --vproto 0 --vaddr 10.0.0.1")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m [|ipvs|]", "IPT2053")]
    [TestCase("-m ipvs ! [|--vdir|] REPLY", "IPT2051")]
    [TestCase("-m ipvs ! [|--ipvs|] --vport 80", "IPT2032")]
    [TestCase("-m ipvs --vmethod [|TUNNEL|]", "IPT2016")]
    [TestCase("-m ipvs --vproto [|256|]", "IPT2017")]
    [TestCase("-m ipvs --vport [|1:2|]", "IPT2013")]
    [TestCase("-m ipvs --vaddr [|fd00::1|]", "IPT2014")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
