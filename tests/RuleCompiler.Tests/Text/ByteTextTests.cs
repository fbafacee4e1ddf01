using CsCheck;
using NUnit.Framework;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Text;

internal sealed class ByteTextTests
{
    private static readonly byte[][] Pieces =
    [
        [0x61], [0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x98, 0x80], [0xFF], [0x80], [0xC3], [0xF0, 0x9F], [0xED, 0xB3, 0xBF], [0xC0, 0x80],
    ];

    [Test]
    public void Any_bytes_come_back_as_they_were() => Gen.Int[0, Pieces.Length - 1].Array[0, 8]
        .Select(places => places.SelectMany(place => Pieces[place]).ToArray())
        .Sample(bytes =>
            ByteText.GetBytes(ByteText.GetString(bytes)).AsSpan().SequenceEqual(bytes)
            && ByteText.GetByteCount(ByteText.GetString(bytes)) == bytes.Length);

    [TestCase("größe 😀")]
    [TestCase("")]
    public void Characters_stay_characters(string text) =>
        Assert.That(ByteText.GetString(System.Text.Encoding.UTF8.GetBytes(text)), Is.EqualTo(text));

    [Test]
    public void Others_show_a_byte_of_no_character_as_such()
    {
        using var buffer = new Utf8Buffer();
        buffer.Append(ByteText.GetString([0x61, 0xFF, 0x62]));

        Assert.That(buffer.ToString(), Is.EqualTo("a\uFFFDb"));
    }
}
