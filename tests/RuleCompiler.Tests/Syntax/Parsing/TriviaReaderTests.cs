using NUnit.Framework;
using RuleCompiler.Syntax;

namespace RuleCompiler.Tests.Syntax.Parsing;

internal sealed class TriviaReaderTests
{
    [Test]
    public void Trivia_are_cut_by_kind()
    {
        var tree = SyntaxTreeTests.Parse("\uFEFF# a\r\n \t*nat");

        Assert.That(
            tree.EnumerateTokens().First().LeadingTrivia.Select(t => (t.Kind, t.Text)),
            Is.EqualTo(new[]
            {
                (SyntaxTriviaKind.ByteOrderMark, "\uFEFF"),
                (SyntaxTriviaKind.Comment, "# a"),
                (SyntaxTriviaKind.Blanks, "\r"),
                (SyntaxTriviaKind.LineBreak, "\n"),
                (SyntaxTriviaKind.Blanks, " \t"),
            }));
    }

    [Test]
    public void Text_before_a_command_is_skipped_text()
    {
        var tree = SyntaxTreeTests.Parse("+ iptables -P INPUT DROP\n");

        Assert.That(
            tree.EnumerateTokens().First().LeadingTrivia.Select(t => (t.Kind, t.Text)),
            Is.EqualTo(new[] { (SyntaxTriviaKind.SkippedText, "+"), (SyntaxTriviaKind.Blanks, " ") }));
    }
}
