using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class MatchTextsTests
{
    [TestCase("-m string --string x --algo bm", "-m string --string x --algo bm", ExpectedResult = "drop")]
    [TestCase("-m string --string x --algo bm", "-m string --algo bm --string x", ExpectedResult = "drop")]
    [TestCase("-m string --string x --algo bm", "string --algo bm --string x --from 0", ExpectedResult = "drop")]
    [TestCase("-m string --string x --algo bm", "--algo bm --string \"x\"", ExpectedResult = "drop")]
    [TestCase("-m string --string x --algo bm", "string --string \"x\" --algo bm --to 65535", ExpectedResult = "drop")]
    [TestCase("-m string --string x --algo bm", "-m string --string x --algo kmp", ExpectedResult = "accept drop")]
    [TestCase("-m string --string x --algo bm", "-m string --string x", ExpectedResult = "accept drop")]
    [TestCase("-m string --string x --algo bm", "-m string --nonsense", ExpectedResult = "accept drop")]
    [TestCase("-m limit --limit 5/minute --limit-burst 5", "-m limit --limit 5/m", ExpectedResult = "drop")]
    [TestCase("-p esp -m esp --espspi 256", "-m esp --espspi 0x100", ExpectedResult = "accept", Description = "no packet of ESP")]
    [TestCase("-m u32 --u32 \"0x0&0xff=0x5\"", "-m u32 --u32 0&0xFF=5", ExpectedResult = "drop")]
    public string A_clause_means_the_match_that_it_spells(string rule, string text)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From($"*filter\n:INPUT ACCEPT [0:0]\n-A INPUT {rule} -j DROP\nCOMMIT\n")));
        var expression = $"tcp 10.0.0.9:1 -> 127.0.0.1:2 in lo match {ClauseWords.Quote(text)}";
        var packet = PacketExpression.Parse(SourceText.From(expression)).Packet ?? throw new AssertionException(expression);
        return string.Join(' ', new Evaluator(compilation, Family.IPv4, new HostFacts { Interfaces = [HostInterface.Loopback] })
            .Trace(packet).Select(trace => trace.Verdict.Name()).Distinct().Order(StringComparer.Ordinal));
    }
}
