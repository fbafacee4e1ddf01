using NUnit.Framework;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Text;

internal sealed class SourceTextTests
{
    [TestCase("", 1)]
    [TestCase("a", 1)]
    [TestCase("a\n", 2)]
    [TestCase("a\r\n\nb", 3)]
    public void Line_ends_behind_its_line_feed(string text, int lineCount) =>
        Assert.That(SourceText.From(text).LineCount, Is.EqualTo(lineCount));

    [TestCase("ab\r\ncd", 0, "ab")]
    [TestCase("ab\r\ncd", 1, "cd")]
    [TestCase("ab\n\ncd\n", 1, "")]
    [TestCase("ab\n\ncd\n", 3, "")]
    [TestCase("a\rb\n", 0, "a\rb")]
    [TestCase("ab\r", 0, "ab")]
    public void Line_span_has_no_line_break(string text, int lineIndex, string line)
    {
        var source = SourceText.From(text);

        Assert.That(source.ToString(source.GetLineSpan(lineIndex)), Is.EqualTo(line));
    }

    [TestCase("ab\ncd", 0, 1, 1)]
    [TestCase("ab\ncd", 2, 1, 3)]
    [TestCase("ab\ncd", 3, 2, 1)]
    [TestCase("ab\ncd", 5, 2, 3)]
    [TestCase("ä b", 3, 1, 3)]
    [TestCase("😀 b", 5, 1, 3)]
    public void Place_is_counted_from_one_in_characters(string text, int offset, int line, int column) =>
        Assert.That(SourceText.From(text).GetLinePosition(offset), Is.EqualTo(new LinePosition(line, column)));

    [Test]
    public void Broken_text_keeps_its_bytes_and_shows_replacement_characters()
    {
        var source = SourceText.From([0x61, 0xFF, 0x62], "x");

        Assert.Multiple(() =>
        {
            Assert.That(source.Bytes.ToArray(), Is.EqualTo(new byte[] { 0x61, 0xFF, 0x62 }));
            Assert.That(source.ToString(), Is.EqualTo("a\uFFFDb"));
            Assert.That(source.Path, Is.EqualTo("x"));
        });
    }

    [Test]
    public void Location_has_the_places_of_its_ends()
    {
        var location = new Location(SourceText.From("ab\ncd"), TextSpan.FromBounds(1, 4));

        Assert.That((location.Start, location.End), Is.EqualTo((new LinePosition(1, 2), new LinePosition(2, 2))));
    }
}
