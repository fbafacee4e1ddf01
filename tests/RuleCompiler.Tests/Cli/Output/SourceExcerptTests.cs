using NUnit.Framework;
using RuleCompiler.Cli.Output;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Cli.Output;

internal sealed class SourceExcerptTests
{
    [Test]
    public void Carets_stand_under_the_span() => Assert.That(Excerpt("one\n-s a.b -j X\n", "a.b"), Is.EqualTo("""
            2 | -s a.b -j X
              |    ^^^

        """));

    [Test]
    public void Tabs_and_control_characters_do_not_move_the_carets() => Assert.That(Excerpt("\t\u001b[2J bad", "bad"), Is.EqualTo("""
            1 |  \x1b[2J bad
              |          ^^^

        """));

    [Test]
    public void An_empty_span_has_one_caret() => Assert.That(Excerpt("COMMIT", ""), Does.EndWith("  | ^\n"));

    [Test]
    public void Of_a_long_line_only_the_part_around_the_span_is_shown()
    {
        var lines = Excerpt($"{new string('a', 60_000)}X{new string('b', 60_000)}", "X").Split('\n');

        Assert.Multiple(() =>
        {
            Assert.That(lines[0], Has.Length.LessThan(200).And.Contains("...aaa").And.EndsWith("bbb..."));
            Assert.That(lines[1].IndexOf('^', StringComparison.Ordinal), Is.EqualTo(lines[0].IndexOf('X', StringComparison.Ordinal)));
        });
    }

    private static string Excerpt(string text, string marked)
    {
        using var buffer = new Utf8Buffer();
        var span = new TextSpan(text.IndexOf(marked, StringComparison.Ordinal), marked.Length);
        SourceExcerpt.Write(buffer, new Location(SourceText.From(text), span), []);
        return buffer.ToString();
    }
}
