using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class HmarkTargetTests
{
    [TestCase("-A INPUT -j HMARK --hmark-tuple ct,src --hmark-mod 2 --hmark-rnd 1", ExpectedResult = "Continue HashMark { Text = --hmark-src-prefix 32 --hmark-rnd 0x00000001 --hmark-mod 2 --hmark-tuple ct }")]
    public string Does(string rule) => TargetAssert.Action("mangle", rule);

    [TestCase("-A INPUT -j HMARK --hmark-tuple ct,src,dst,proto --hmark-rnd 4 --hmark-mod 42", "-A INPUT -j HMARK --hmark-src-prefix 32 --hmark-dst-prefix 32 --hmark-proto-mask 0xffff --hmark-rnd 0x00000004 --hmark-mod 42 --hmark-tuple ct")]
    [TestCase("-A INPUT -j HMARK --hmark-tuple SRC,spi,src --hmark-mod 42 --hmark-rnd 4 --hmark-offset 0x10", "-A INPUT -j HMARK --hmark-src-prefix 32 --hmark-spi-mask 0xffffffff --hmark-rnd 0x00000004 --hmark-mod 42 --hmark-offset 16")]
    [TestCase("-A INPUT -j HMARK --hmark-src-prefix 255.255.255.0 --hmark-dport-mask 0xf0 --hmark-sport 5 --hmark-proto-mask 5 --hmark-rnd 0 --hmark-mod 1", "-A INPUT -j HMARK --hmark-src-prefix 24 --hmark-dport-mask 0x00f0 --hmark-sport 0x0005 --hmark-proto-mask 0x05 --hmark-rnd 0x00000000 --hmark-mod 1")]
    [TestCase("-A INPUT -j HMARK --hmark-spi 5 --hmark-sport-mask 7 --hmark-rnd 0 --hmark-mod 1", "-A INPUT -j HMARK --hmark-sport-mask 0x0007 --hmark-spi 0x00000005 --hmark-rnd 0x00000000 --hmark-mod 1")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical);

    [TestCase("-A INPUT -j [|HMARK|] --hmark-tuple src --hmark-mod 42", "IPT2053")]
    [TestCase("-A INPUT -j [|HMARK|] --hmark-tuple src --hmark-rnd 42", "IPT2053")]
    [TestCase("-A INPUT -j [|HMARK|] --hmark-mod 42 --hmark-rnd 4", "IPT2030")]
    [TestCase("-A INPUT -j HMARK --hmark-tuple [|foo|] --hmark-mod 42 --hmark-rnd 4", "IPT2016")]
    [TestCase("-A INPUT -j HMARK --hmark-tuple src [|--hmark-src-prefix|] 24 --hmark-mod 42 --hmark-rnd 4", "IPT2032")]
    [TestCase("-A INPUT -j HMARK [|--hmark-tuple|] sport,spi --hmark-mod 42 --hmark-rnd 4", "IPT2032")]
    [TestCase("-A INPUT -j HMARK --hmark-sport-mask 1 [|--hmark-spi-mask|] 4 --hmark-mod 42 --hmark-rnd 4", "IPT2032")]
    [TestCase("-A INPUT -j HMARK --hmark-sport 1 [|--hmark-spi|] 4 --hmark-mod 42 --hmark-rnd 4", "IPT2054")]
    [TestCase("-A INPUT -j HMARK --hmark-sport [|ssh|] --hmark-mod 42 --hmark-rnd 4", "IPT2011")]
    [TestCase("-A INPUT -j HMARK --hmark-tuple src --hmark-mod [|0|] --hmark-rnd 4", "IPT2011")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("mangle", rule, id);
}
