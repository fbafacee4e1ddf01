using NUnit.Framework;
using RuleCompiler.Tests.Generators;

namespace RuleCompiler.Tests.Oracles;

internal sealed class CaseShrinkerTests
{
    [Test]
    public void What_is_left_is_all_needed()
    {
        var dump = "*filter\n:INPUT ACCEPT [0:0]\n:A - [0:0]\n:B - [0:0]\n"
            + string.Concat(Enumerable.Range(0, 40).Select(n => $"-A INPUT -m mark --mark {n} -j {(n == 17 ? "A" : "DROP")}\n"))
            + "-A A -j ACCEPT\n-A B -j A\nCOMMIT\n";
        var drawn = new RandomCase("seed 1", IsV6: false, "{}", dump, ["first", "second", "third"]);
        var tries = 0;

        var smallest = CaseShrinker.Shrink(new Disagreement(drawn, "second", "kernel:"), Find);

        Assert.That(smallest.Drawn.Packets, Is.EqualTo(new[] { "second" }));
        Assert.That(smallest.Drawn.Dump, Is.EqualTo("*filter\n:INPUT ACCEPT [0:0]\n:A - [0:0]\n-A INPUT -m mark --mark 17 -j A\nCOMMIT\n"));
        Assert.That(tries, Is.LessThan(200));

        // Disagrees where rule 17 is there, and what it calls.
        Disagreement? Find(RandomCase one)
        {
            tries++;
            return one.Dump.Contains("--mark 17 -j A", StringComparison.Ordinal) && one.Dump.Contains(":A -", StringComparison.Ordinal)
                ? new Disagreement(one, "second", "kernel:")
                : null;
        }
    }
}
