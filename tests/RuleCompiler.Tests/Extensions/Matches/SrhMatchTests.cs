using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class SrhMatchTests
{
    [TestCase("-m srh --srh-tag 5", "tcp [fd00::1]:1000 -> [fd00::2]:80 exthdr route")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet, Family.IPv6), Is.True);

    [TestCase("-m srh", "-m srh")]
    [TestCase("-m srh --srh-tag 0x10 ! --srh-next-hdr 6", "-m srh ! --srh-next-hdr 6 --srh-tag 16")]
    [TestCase("-m srh --srh-lsid c::/0 --srh-nsid b:: ! --srh-psid a::1/64", "-m srh ! --srh-psid a::1/64 --srh-nsid b::/128 --srh-lsid c::/0")]
    [TestCase("-m srh --srh-hdr-len-gt 5 ! --srh-hdr-len-eq 8 --srh-segs-left-lt 3 --srh-last-entry-eq 1", "-m srh ! --srh-hdr-len-eq 8 --srh-hdr-len-gt 8 --srh-segs-left-lt 3 --srh-last-entry-eq 1")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical, Family.IPv6);

    [TestCase("-m srh --srh-next-hdr [|tcp|]", "IPT2011")]
    [TestCase("-m srh --srh-tag [|65536|]", "IPT2011")]
    [TestCase("-m srh --srh-psid [|10.0.0.1|]", "IPT2014")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id, Family.IPv6);
}
