using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Markup;

namespace RuleCompiler.Tests.Binding;

/// <summary>What shows only over several chains; the answers are those of iptables-restore 1.8.9.</summary>
internal sealed class ChainCallCheckerTests
{
    private static readonly CompilationOptions Nft = new() { Flavour = Flavour.Nft };
    private static readonly CompilationOptions Legacy = new() { Flavour = Flavour.Legacy };

    [TestCase(":A - [0:0]\n-A INPUT -j A\n-A A -j [|A|]")]
    [TestCase(":A - [0:0]\n-A INPUT -j A\n-A A -g [|A|]")]
    [TestCase(":A - [0:0]\n:B - [0:0]\n-A INPUT -j A\n-A A -j B\n-A B -j [|A|]")]
    [TestCase(":A - [0:0]\n:B - [0:0]\n-A INPUT -j B\n-A A -j [|B|]\n-A B -s 10.0.0.1 -j A")]
    [TestCase(":A - [0:0]\n:B - [0:0]\n-A INPUT -j A\n-A A -j B\n-A A -j [|A|]\n-A B -j [|A|]\n-A B -j [|B|]")]
    public void Cycle_that_a_base_chain_reaches(string lines) => DiagnosticAssert.Reports(Filter(lines), "IPT2003");

    [TestCase(":A - [0:0]\n-A A -j A")]
    [TestCase(":A - [0:0]\n:B - [0:0]\n-A A -j B\n-A B -j A")]
    [TestCase(":A - [0:0]\n:B - [0:0]\n-A INPUT -j A\n-A INPUT -j B\n-A A -j B")]
    public void No_cycle_or_one_that_nothing_reaches(string lines) => DiagnosticAssert.ReportsNothing(Filter(lines));

    [TestCase(15, "-j", Flavour.Nft, ExpectedResult = "")]
    [TestCase(16, "-j", Flavour.Nft, ExpectedResult = "IPT2076 C16")]
    [TestCase(16, "-g", Flavour.Nft, ExpectedResult = "IPT2076 C16")]
    [TestCase(18, "-j", Flavour.Nft, ExpectedResult = "IPT2076 C16")]
    [TestCase(16, "-j", Flavour.Legacy, ExpectedResult = "")]
    public string Depth(int depth, string option, Flavour flavour)
    {
        var numbers = Enumerable.Range(1, depth).ToList();
        var lines = numbers.Select(n => $":C{n} - [0:0]")
            .Concat(numbers.Select(n => $"-A {(n == 1 ? "INPUT" : $"C{n - 1}")} {option} C{n}"));
        var compilation = BoundDump.Compile(Filter(string.Join('\n', lines)), flavour == Flavour.Nft ? Nft : Legacy);
        return string.Join(
            '\n', compilation.Diagnostics.Select(d => $"{d.Id} {d.Location.Source.ToString(d.Location.Span)}"));
    }

    [TestCase("filter", ":A - [0:0]\n-A A -m [|owner|] --uid-owner 0\n-A INPUT -j A")]
    [TestCase("filter", ":A - [0:0]\n:B - [0:0]\n-A B -m [|owner|] --uid-owner 0\n-A A -g B\n-A FORWARD -j A\n-A OUTPUT -j B")]
    [TestCase("nat", ":A - [0:0]\n-A A -p tcp -j [|REDIRECT|] --to-ports 1\n-A POSTROUTING -j A")]
    [TestCase("nat", ":A - [0:0]\n-A A -j [|REDIRECT|]\n-A A -j [|MASQUERADE|]\n-A OUTPUT -j A\n-A POSTROUTING -j A")]
    [TestCase("filter", "-A OUTPUT -m [|mac|] --mac-source 02:00:00:00:00:01")]
    [TestCase("filter", ":A - [0:0]\n-A A -j [|REDIRECT|]")]
    [TestCase("nat", "-A OUTPUT -j [|DROP|]")]
    public void Extension_where_it_cannot_stand(string table, string lines) =>
        DiagnosticAssert.Reports($"*{table}\n{lines}\nCOMMIT\n", "IPT2004");

    [TestCase("filter", ":A - [0:0]\n-A A -m owner --uid-owner 0")]
    [TestCase("filter", ":A - [0:0]\n-A A -m owner --uid-owner 0\n-A OUTPUT -j A")]
    [TestCase("nat", ":A - [0:0]\n-A A -j REDIRECT\n-A OUTPUT -j A\n-A PREROUTING -j A")]
    public void Extension_where_it_can_stand(string table, string lines) =>
        DiagnosticAssert.ReportsNothing($"*{table}\n{lines}\nCOMMIT\n");

    [TestCase("filter", "-A INPUT [|-o|] eth0")]
    [TestCase("filter", "-A INPUT [|-o|] +")]
    [TestCase("filter", "-A OUTPUT ! [|-i|] eth0")]
    [TestCase("nat", "-A PREROUTING [|--out-interface|] eth0")]
    [TestCase("nat", "-A POSTROUTING [|-i|] eth0")]
    public void Interface_that_the_hook_does_not_have(string table, string line) =>
        DiagnosticAssert.Reports($"*{table}\n{line}\nCOMMIT\n", "IPT2063");

    [TestCase("-A FORWARD -i eth0 -o eth1")]
    [TestCase(":A - [0:0]\n-A A -o eth0\n-A INPUT -j A")]
    [TestCase(":A - [0:0]\n-A A ! -i eth0\n-A OUTPUT -j A")]
    public void Interface_that_the_hook_has_or_a_user_chain_asks_for(string lines) =>
        DiagnosticAssert.ReportsNothing(Filter(lines));

    private static string Filter(string lines) => $"*filter\n{lines}\nCOMMIT\n";
}
