using NUnit.Framework;

namespace RuleCompiler.Tests.Syntax.Parsing;

internal sealed class InputRecognitionTests
{
    [TestCase("", "IPT1018")]
    [TestCase(" \r\n\n", "IPT1018")]
    [TestCase("# only a comment\n", "IPT1018")]
    [TestCase("Chain INPUT (policy DROP 3 packets, 120 bytes)\n pkts bytes target\n", "IPT1019")]
    [TestCase("$ iptables -L -n\nChain DOCKER (1 references)\ntarget prot opt source destination\n", "IPT1019")]
    [TestCase("table ip nat {\n\tchain POSTROUTING {\n\t}\n}\n", "IPT1020")]
    [TestCase("table inet filter {\n}\n", "IPT1020")]
    [TestCase("\u001f\u008b\0\0", "IPT1021")]
    [TestCase("\u007fELF\0\n  -X  sort alphabetically by extension\n\0  -Z  print a context\n:x - \n", "IPT1021")]
    [TestCase("hello\nworld\n", "IPT1022")]
    public void Input_without_a_dump_is_named(string text, string id)
    {
        var tree = SyntaxTreeTests.Parse(text);

        Assert.Multiple(() =>
        {
            Assert.That(tree.Diagnostics.Select(d => d.Id), Is.EqualTo(new[] { id }));
            Assert.That(tree.Tables, Is.Empty);
        });
    }

    [Test]
    public void A_zero_byte_makes_no_dump_binary()
    {
        var tree = SyntaxTreeTests.Parse("console\0log\n*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n");

        Assert.That(tree.Tables, Has.Length.EqualTo(1));
    }
}
