using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class NflogTargetTests
{
    private static readonly CompilationOptions Legacy = new() { Flavour = Flavour.Legacy };

    [TestCase("-A INPUT -j NFLOG --nflog-group 5", ExpectedResult = "Continue Log { Text = --nflog-group 5 }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j NFLOG", "-A INPUT -j NFLOG")]
    [TestCase("-A INPUT -j NFLOG --nflog-group 0 --nflog-threshold 0", "-A INPUT -j NFLOG")]
    [TestCase("-A INPUT -j NFLOG --nflog-size 0", "-A INPUT -j NFLOG --nflog-size 0")]
    [TestCase("-A INPUT -j NFLOG --nflog-threshold 2 --nflog-size 9 --nflog-group 3 --nflog-prefix \"a b\"", "-A INPUT -j NFLOG --nflog-prefix \"a b\" --nflog-group 3 --nflog-size 9 --nflog-threshold 2")]
    [TestCase("-A INPUT -j NFLOG --nflog-range 1", "-A INPUT -j NFLOG")]
    [TestCase("-A INPUT -j NFLOG --nflog-prefix aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "-A INPUT -j NFLOG --nflog-prefix aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j NFLOG --nflog-group [|65536|]", "IPT2011")]
    [TestCase("-A INPUT -j NFLOG --nflog-threshold [|65536|]", "IPT2011")]
    [TestCase("-A INPUT -j NFLOG --nflog-size [|4294967296|]", "IPT2011")]
    [TestCase("-A INPUT -j NFLOG --nflog-size 10 [|--nflog-range|] 5", "IPT2054")]
    [TestCase("-A INPUT -j NFLOG --nflog-prefix [|\"\"|]", "IPT2020")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);

    [TestCase("-A INPUT -j NFLOG --nflog-range 1", "-A INPUT -j NFLOG --nflog-range 1")]
    [TestCase("-A INPUT -j NFLOG --nflog-prefix aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "-A INPUT -j NFLOG --nflog-prefix aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [TestCase("-A INPUT -j NFLOG --nflog-range 0", "-A INPUT -j NFLOG")]
    public void Prints_in_legacy(string given, string canonical) => TargetAssert.Prints("filter", given, canonical, Legacy);
}
