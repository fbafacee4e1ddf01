using NUnit.Framework;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Text;

internal sealed class Utf8BufferTests
{
    [Test]
    public void Holds_what_was_appended_in_order()
    {
        using var buffer = new Utf8Buffer();
        buffer.Append("naïve ");
        buffer.AppendNumber(42);
        buffer.Append((byte)' ', 2);
        buffer.AppendHex(0xBEEF);
        buffer.Append((byte)' ', -1);
        buffer.Append("!"u8);

        Assert.That(buffer.ToString(), Is.EqualTo("naïve 42  0xbeef!"));
    }

    [Test]
    public void Grows_as_needed()
    {
        using var buffer = new Utf8Buffer();
        for (var i = 0; i < 100_000; i++)
        {
            buffer.Append((byte)('a' + (i % 26)));
        }

        Assert.Multiple(() =>
        {
            Assert.That(buffer.Length, Is.EqualTo(100_000));
            Assert.That(buffer.WrittenSpan[..3].ToArray(), Is.EqualTo("abc"u8.ToArray()));
            Assert.That(buffer.WrittenSpan[^1], Is.EqualTo((byte)('a' + (99_999 % 26))));
        });
    }

    [Test]
    public void The_largest_number_fits()
    {
        using var buffer = new Utf8Buffer();
        buffer.AppendNumber(UInt128.MaxValue);

        Assert.That(buffer.ToString(), Is.EqualTo("340282366920938463463374607431768211455"));
    }
}
