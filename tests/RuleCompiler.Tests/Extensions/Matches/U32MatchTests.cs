using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class U32MatchTests
{
    [TestCase("-m u32 --u32 \"6&0xFF=1\"", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m u32 --u32 \"6&0xFF=1\"", "-m u32 --u32 \"0x6&0xff=0x1\"")]
    [TestCase("-m u32 ! --u32 \"0>>22&0x3C@ 12>>26&0x3C@ 0=0x10:0x20,5 && 4&0xffff=0\"", "-m u32 ! --u32 \"0x0>>0x16&0x3c@0xc>>0x1a&0x3c@0x0=0x10:0x20,0x5&&0x4&0xffff=0x0\"")]
    [TestCase("-m u32 --u32 \"0&1&2&3&4&5&6&7&8&9=1,2,3,4,5,6,7,8,9,10\"", "-m u32 --u32 \"0x0&0x1&0x2&0x3&0x4&0x5&0x6&0x7&0x8&0x9=0x1,0x2,0x3,0x4,0x5,0x6,0x7,0x8,0x9,0xa\"")]
    [TestCase("-m u32 --u32 +6=1:+3", "-m u32 --u32 \"0x6=0x1:0x3\"")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m u32 --u32 [|foo|]", "IPT2020")]
    [TestCase("-m u32 --u32 [|\"6&0xFF=1,\"|]", "IPT2020")]
    [TestCase("-m u32 --u32 [|\"6&0xFF\"|]", "IPT2020")]
    [TestCase("-m u32 --u32 [|\"6=1&&\"|]", "IPT2020")]
    [TestCase("-m u32 --u32 [|\"0=1&&0=1&&0=1&&0=1&&0=1&&0=1&&0=1&&0=1&&0=1&&0=1&&0=1\"|]", "IPT2020")]
    [TestCase("-m u32 --u32 [|\"0=1,2,3,4,5,6,7,8,9,10,11\"|]", "IPT2020")]
    [TestCase("-m u32 --u32 [|\"0&1&2&3&4&5&6&7&8&9&10=1\"|]", "IPT2020")]
    [TestCase("-m [|u32|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
