using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Extensions;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Binding;

internal sealed class NativeMatchesTests
{
    [TestCase("-m tcp --sport 1 -m comment --comment x -m tcp --dport 2", "-m tcp --sport 1 --dport 2 -m comment --comment x")]
    [TestCase("-m tcp --syn -m mark --mark 1 -m tcp --dport 2", "-m tcp --dport 2 --tcp-flags FIN,SYN,RST,ACK SYN -m mark --mark 0x1")]
    [TestCase("-m tcp ! --sport 1 -m tcp ! --dport 2:3", "-m tcp ! --sport 1 ! --dport 2:3")]
    [TestCase("-m tcp --tcp-option 5 -m tcp --dport 2", "-m tcp --tcp-option 5 -m tcp --dport 2")]
    [TestCase("-m tcp -m tcp --dport 2", "-m tcp -m tcp --dport 2")]
    [TestCase("-m tcp --dport 1:9 -m tcp --dport 2:20", "-m tcp --dport 1:9 -m tcp --dport 2:20", TestName = "Both stay where one would be lost")]
    public void Tests_of_one_header_print_as_one_match_in_nft(string given, string printed) =>
        Assert.That(Print(given, Flavour.Nft), Is.EqualTo($"-A INPUT -p tcp {printed}"));

    [Test]
    public void Legacy_keeps_them_apart() =>
        Assert.That(Print("-m tcp --sport 1 -m tcp --dport 2", Flavour.Legacy), Is.EqualTo("-A INPUT -p tcp -m tcp --sport 1 -m tcp --dport 2"));

    private static string Print(string matches, Flavour flavour) => RecordedFormatTests.Print(Compilation.Create(
        SyntaxTree.Parse(SourceText.From($"*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp {matches}\nCOMMIT\n")),
        new CompilationOptions { Flavour = flavour })).Single();
}
