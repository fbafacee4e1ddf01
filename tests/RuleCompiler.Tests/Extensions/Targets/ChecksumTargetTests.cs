using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class ChecksumTargetTests
{
    [TestCase("-A POSTROUTING -p udp -j CHECKSUM --checksum-fill", ExpectedResult = "Continue Other { Text = --checksum-fill }")]
    public string Does(string rule) => TargetAssert.Action("mangle", rule);

    [TestCase("-A POSTROUTING -j CHECKSUM --checksum-fill", "-A POSTROUTING -j CHECKSUM --checksum-fill")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical);

    [TestCase("-A POSTROUTING -j [|CHECKSUM|]", "IPT2053")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("mangle", rule, id);

    [TestCase("-A INPUT -j [|CHECKSUM|] --checksum-fill", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
