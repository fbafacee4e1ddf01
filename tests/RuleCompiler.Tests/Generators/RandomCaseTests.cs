using NUnit.Framework;
using RuleCompiler.Tests.Oracles;
using RuleCompiler.Tests.Oracles.Probes;

namespace RuleCompiler.Tests.Generators;

internal sealed class RandomCaseTests
{
    [Test]
    public void Seed_repeats_the_case()
    {
        var first = RandomCase.FromSeed(7).ToString();
        Assert.That(RandomCase.FromSeed(7).ToString(), Is.EqualTo(first));
    }

    [Test]
    public void Kernel_takes_dump_host_and_packets([Range(1, 12)] int seed)
    {
        KernelTrace.Require();
        var drawn = RandomCase.FromSeed(seed);
        var traces = KernelTrace.On(
            drawn.Host, drawn.IsV6, drawn.Flavour, machine => machine.Trace(drawn.Dump, [.. drawn.Packets.Select(ProbeReader.Read)]));
        Assert.That(traces.Sum(trace => trace.Steps.Count), Is.Positive, drawn.ToString());
    }
}
