using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class EcnTargetTests
{
    [TestCase("-A INPUT -j ECN --ecn-ip-ect 2", ExpectedResult = "Continue SetTos { Value = 2, Mask = 3 }")]
    [TestCase("-A INPUT -p tcp -j ECN --ecn-tcp-remove", ExpectedResult = "Continue SetTcpFlags { Text = --ecn-tcp-remove, Value = None, Mask = Ece, Cwr }")]
    public string Does(string rule) => TargetAssert.Action("mangle", rule);

    [TestCase("-A INPUT -p tcp -j ECN --ecn-tcp-remove", "-A INPUT -p tcp -j ECN --ecn-tcp-remove")]
    [TestCase("-A INPUT -p tcp -j ECN --ecn-tcp-cwr 0 --ecn-tcp-ece 1 --ecn-ip-ect 2", "-A INPUT -p tcp -j ECN --ecn-tcp-ece 1 --ecn-tcp-cwr 0 --ecn-ip-ect 2")]
    [TestCase("-A INPUT -p tcp -j ECN --ecn-tcp-remove --ecn-ip-ect 2", "-A INPUT -p tcp -j ECN --ecn-tcp-ece 0 --ecn-tcp-cwr 0 --ecn-ip-ect 2")]
    [TestCase("-A INPUT -p tcp -j ECN --ecn-tcp-ece 0 --ecn-tcp-cwr 0", "-A INPUT -p tcp -j ECN --ecn-tcp-remove")]
    [TestCase("-A INPUT -p tcp -j ECN --ecn-tcp-ece 1", "-A INPUT -p tcp -j ECN --ecn-tcp-ece 1")]
    [TestCase("-A INPUT -j ECN --ecn-ip-ect 0", "-A INPUT -j ECN --ecn-ip-ect 0")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical);

    [TestCase("-A INPUT -j [|ECN|]", "IPT2053")]
    [TestCase("-A INPUT -j ECN [|--ecn-tcp-remove|]", "IPT2041")]
    [TestCase("-A INPUT ! -p tcp -j ECN [|--ecn-tcp-remove|]", "IPT2041")]
    [TestCase("-A INPUT -j ECN --ecn-ip-ect [|4|]", "IPT2011")]
    [TestCase("-A INPUT -p tcp -j ECN --ecn-tcp-remove [|--ecn-tcp-ece|] 1", "IPT2054")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("mangle", rule, id);

    [TestCase("-A INPUT -p tcp -j [|ECN|] --ecn-tcp-remove", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
