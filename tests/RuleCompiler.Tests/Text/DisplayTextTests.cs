using NUnit.Framework;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Text;

internal sealed class DisplayTextTests
{
    [TestCase("plain text, naïve 文", "plain text, naïve 文")]
    [TestCase("a\u001b[31mb", @"a\x1b[31mb")]
    [TestCase("tab\tbell\u0007del\u007f", @"tab\x09bell\x07del\x7f")]
    [TestCase("csi\u009b2J", @"csi\u009b2J")]
    [TestCase("right\u202eleft", @"right\u202eleft")]
    public void Escapes_what_a_terminal_would_obey(string text, string shown) =>
        Assert.That(DisplayText.Escape(text), Is.EqualTo(shown));
}
