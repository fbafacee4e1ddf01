using System.Text;
using Antlr4.Runtime;
using CsCheck;
using NUnit.Framework;
using RuleCompiler.Grammar;
using RuleCompiler.Syntax.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Syntax.Parsing;

internal sealed class LineScannerTests
{
    [TestCase("*nat extra", "ASTERISK TABLE_NAME IGNORED_WORD")]
    [TestCase("* nat", "ASTERISK TABLE_NAME")]
    [TestCase(":INPUT ACCEPT [12:3400]", "COLON CHAIN_NAME POLICY COUNTERS")]
    [TestCase(":INPUT [12:3400]", "COLON CHAIN_NAME COUNTERS")]
    [TestCase(":INPUT ACCEPT [0:0]] x", "COLON CHAIN_NAME POLICY IGNORED_WORD IGNORED_WORD")]
    [TestCase("[12:3400]-A INPUT", "COUNTERS OPTION ARGUMENT")]
    [TestCase("[1 : 2] -A INPUT", "BAD_COUNTERS OPTION ARGUMENT")]
    [TestCase("[12 -A INPUT", "UNCLOSED_COUNTERS OPTION ARGUMENT")]
    [TestCase("COMMIT now", "COMMIT IGNORED_WORD")]
    [TestCase("COMMITTED", "ARGUMENT")]
    [TestCase("/sbin/iptables-legacy -A", "PROGRAM OPTION")]
    [TestCase("iptables-save", "ARGUMENT")]
    [TestCase("-A - -- !x ! \"-j\"", "OPTION ARGUMENT OPTION ARGUMENT BANG ARGUMENT")]
    [TestCase("-A ab\"c d\"ef \"\" \"x\\\"y\"", "OPTION ARGUMENT ARGUMENT ARGUMENT ARGUMENT")]
    [TestCase("-A x\"never closed", "OPTION UNCLOSED_ARGUMENT")]
    [TestCase(" # note", "INDENTED_COMMENT")]
    [TestCase("# note", "")]
    public void Line_is_cut_into(string line, string types)
    {
        var bytes = Encoding.UTF8.GetBytes(line);

        Assert.That(
            string.Join(' ', Scan(bytes).Select(t => IptablesSaveLexer.DefaultVocabulary.GetSymbolicName(t.Type))),
            Is.EqualTo(types));
    }

    [Test]
    public void Any_bytes_are_cut_as_the_generated_lexer_cuts_them() =>
        DumpText.Bytes.Sample(bytes => Scan(bytes).SequenceEqual(Lex(bytes)), iter: 5000);

    [Test]
    public void Real_dumps_are_cut_as_the_generated_lexer_cuts_them()
    {
        SharedData.Require("corpora");
        Assert.Multiple(() =>
        {
            foreach (var path in SharedData.Files("corpora", "*"))
            {
                var bytes = File.ReadAllBytes(path);
                Assert.That(Scan(bytes).SequenceEqual(Lex(bytes)), path);
            }
        });
    }

    private static List<ScannedToken> Scan(byte[] bytes)
    {
        var text = SourceText.From(bytes);
        var tokens = new TokenBuffer(16);
        for (var line = 0; line < text.LineCount; line++)
        {
            var end = line + 1 < text.LineCount ? text.GetLineStart(line + 1) - 1 : text.Length;
            LineScanner.Scan(bytes, text.GetLineStart(line), end, tokens);
        }
        return [.. Enumerable.Range(0, tokens.Count)
            .Select(i => new ScannedToken(tokens.GetTokenType(i), tokens.GetStart(i), tokens.GetEnd(i)))];
    }

    private static List<ScannedToken> Lex(byte[] bytes)
    {
        var lexer = new IptablesSaveLexer(new AntlrInputStream(Encoding.Latin1.GetString(bytes)));
        lexer.RemoveErrorListeners();
        return [.. lexer.GetAllTokens()
            .Where(t => t.Channel == Lexer.DefaultTokenChannel && t.Type != IptablesSaveLexer.NEWLINE)
            .Select(t => new ScannedToken(t.Type, t.StartIndex, t.StopIndex + 1))];
    }

    private readonly record struct ScannedToken(int Type, int Start, int End);
}
