using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class RateestTargetTests
{
    [TestCase("-A INPUT -j RATEEST --rateest-name RE --rateest-interval 250ms --rateest-ewmalog 0.5s", ExpectedResult = "Continue Other { Text = --rateest-name RE --rateest-interval 250.0ms --rateest-ewmalog 500.0ms }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j RATEEST --rateest-name RE --rateest-interval 250ms --rateest-ewma 0.5s", "-A INPUT -j RATEEST --rateest-name RE --rateest-interval 250.0ms --rateest-ewmalog 500.0ms")]
    [TestCase("-A INPUT -j RATEEST --rateest-name RE --rateest-interval 300msec --rateest-ewmalog 2sec", "-A INPUT -j RATEEST --rateest-name RE --rateest-interval 500.0ms --rateest-ewmalog 2.0s")]
    [TestCase("-A INPUT -j RATEEST --rateest-name RE --rateest-interval 250000 --rateest-ewmalog 10s", "-A INPUT -j RATEEST --rateest-name RE --rateest-interval 250.0ms --rateest-ewmalog 8.0s")]
    [TestCase("-A INPUT -j RATEEST --rateest-name RE --rateest-interval 8s --rateest-ewmalog 16s", "-A INPUT -j RATEEST --rateest-name RE --rateest-interval 8.0s --rateest-ewmalog 16.0s")]
    [TestCase("-A INPUT -j RATEEST --rateest-name RE --rateest-interval 0x7d0p-1ms --rateest-ewmalog 2e3ms", "-A INPUT -j RATEEST --rateest-name RE --rateest-interval 1.0s --rateest-ewmalog 2.0s")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j [|RATEEST|] --rateest-interval 250ms --rateest-ewmalog 1s", "IPT2053")]
    [TestCase("-A INPUT -j [|RATEEST|] --rateest-name RE --rateest-interval 1s", "IPT2053")]
    [TestCase("-A INPUT -j RATEEST --rateest-name RE [|--rateest-interval|] 16s --rateest-ewmalog 32s", "IPT2034")]
    [TestCase("-A INPUT -j RATEEST --rateest-name RE --rateest-interval 500ms [|--rateest-ewmalog|] 500ms", "IPT2034")]
    [TestCase("-A INPUT -j RATEEST --rateest-name RE --rateest-interval 0 [|--rateest-ewmalog|] 1s", "IPT2034")]
    [TestCase("-A INPUT -j RATEEST --rateest-name RE --rateest-interval [|250foo|] --rateest-ewmalog 1s", "IPT2020")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
