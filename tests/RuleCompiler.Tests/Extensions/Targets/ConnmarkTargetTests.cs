using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class ConnmarkTargetTests
{
    [TestCase("-A INPUT -j CONNMARK --set-mark 5", ExpectedResult = "Continue SetConnectionMark { Value = 5, Mask = 4294967295 }")]
    [TestCase("-A INPUT -j CONNMARK --set-xmark 0x5/0xf", ExpectedResult = "Continue SetConnectionMark { Value = 5, Mask = 15 }")]
    [TestCase("-A INPUT -j CONNMARK --and-mark 0xf", ExpectedResult = "Continue SetConnectionMark { Value = 0, Mask = 4294967280 }")]
    [TestCase("-A INPUT -j CONNMARK --save-mark --nfmask 0xff0 --ctmask 0xfff", ExpectedResult = "Continue SaveMark { PacketMask = 4080, ConnectionMask = 4095 }")]
    [TestCase("-A INPUT -j CONNMARK --restore-mark --mask 0xff", ExpectedResult = "Continue RestoreMark { PacketMask = 255, ConnectionMask = 255 }")]
    [TestCase("-A INPUT -j CONNMARK --set-mark 5 --left-shift-mark 8", ExpectedResult = "Continue ShiftMark { Unshifted = SetConnectionMark { Value = 5, Mask = 4294967295 }, Bits = 8 }")]
    [TestCase("-A INPUT -j CONNMARK --save-mark --right-shift-mark 4", ExpectedResult = "Continue ShiftMark { Unshifted = SaveMark { PacketMask = 4294967295, ConnectionMask = 4294967295 }, Bits = -4 }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j CONNMARK --set-mark 5", "-A INPUT -j CONNMARK --set-xmark 0x5/0xffffffff")]
    [TestCase("-A INPUT -j CONNMARK --set-mark 0x100/0xff", "-A INPUT -j CONNMARK --set-xmark 0x100/0x1ff")]
    [TestCase("-A INPUT -j CONNMARK --set-xmark 4294967295", "-A INPUT -j CONNMARK --set-xmark 0xffffffff/0xffffffff")]
    [TestCase("-A INPUT -j CONNMARK --and-mark 0xf", "-A INPUT -j CONNMARK --set-xmark 0x0/0xfffffff0")]
    [TestCase("-A INPUT -j CONNMARK --or-mark 0xf", "-A INPUT -j CONNMARK --set-xmark 0xf/0xf")]
    [TestCase("-A INPUT -j CONNMARK --xor-mark 0xf", "-A INPUT -j CONNMARK --set-xmark 0xf/0x0")]
    [TestCase("-A INPUT -j CONNMARK --save-mark", "-A INPUT -j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff")]
    [TestCase("-A INPUT -j CONNMARK --restore-mark --ctmask 0xf", "-A INPUT -j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xf")]
    [TestCase("-A INPUT -j CONNMARK --save-mark --mask 0xff", "-A INPUT -j CONNMARK --save-mark --nfmask 0xff --ctmask 0xff")]
    [TestCase("-A INPUT -j CONNMARK --set-xmark 5/3 --mask 7", "-A INPUT -j CONNMARK --set-xmark 0x5/0x7")]
    [TestCase("-A INPUT -j CONNMARK --set-xmark 5 --nfmask 3", "-A INPUT -j CONNMARK --set-xmark 0x5/0xffffffff")]
    [TestCase("-A INPUT -j CONNMARK --right-shift-mark 4 --restore-mark", "-A INPUT -j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff --right-shift-mark 4")]
    [TestCase("-A INPUT -j CONNMARK --set-mark 5 --left-shift-mark 0", "-A INPUT -j CONNMARK --set-xmark 0x5/0xffffffff")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j [|CONNMARK|]", "IPT2053")]
    [TestCase("-A INPUT -j CONNMARK --set-mark [|4294967296|]", "IPT2011")]
    [TestCase("-A INPUT -j CONNMARK --set-mark [|-1|]", "IPT2011")]
    [TestCase("-A INPUT -j CONNMARK --set-mark 5 [|--or-mark|] 3", "IPT2054")]
    [TestCase("-A INPUT -j CONNMARK --save-mark [|--restore-mark|]", "IPT2054")]
    [TestCase("-A INPUT -j CONNMARK --save-mark --left-shift-mark [|32|]", "IPT2011")]
    [TestCase("-A INPUT -j CONNMARK [|--nfmask|] 0xf", "IPT2030")]
    [TestCase("-A INPUT -j CONNMARK --restore-mark --mask 0xff [|--nfmask|] 0xf", "IPT2054")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
