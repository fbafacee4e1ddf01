using NUnit.Framework;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Markup;

internal sealed class MarkupTextTests
{
    [Test]
    public void Marks_are_taken_out_and_counted_in_bytes()
    {
        var markup = MarkupText.Parse("ä[|b|] {|IPT1001:c[|d|]|}");

        Assert.Multiple(() =>
        {
            Assert.That(markup.Text, Is.EqualTo("äb cd"));
            Assert.That(markup.Spans, Is.EqualTo(new[]
            {
                new MarkedSpan(null, new TextSpan(2, 1)),
                new MarkedSpan("IPT1001", new TextSpan(4, 2)),
                new MarkedSpan(null, new TextSpan(5, 1)),
            }));
        });
    }

    [TestCase("[|a")]
    [TestCase("a|]")]
    [TestCase("[|a|}")]
    public void Marks_that_do_not_match_are_refused(string markup) =>
        Assert.That(() => MarkupText.Parse(markup), Throws.TypeOf<FormatException>());
}
