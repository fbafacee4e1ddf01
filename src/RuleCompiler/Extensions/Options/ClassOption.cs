using System.Globalization;
using System.Text;

namespace RuleCompiler.Extensions.Options;

/// <summary>A traffic class, <c>MAJOR:MINOR</c> in hexadecimal.</summary>
/// <remarks>Source: extensions/libxt_CLASSIFY.c, <c>CLASSIFY_parse</c>: of longer numbers the low 16 bits count.</remarks>
internal sealed class ClassOption(string name) : OptionSpec<uint>(name)
{
    protected override bool TryRead(OptionReader reader, out uint value)
    {
        value = 0;
        var text = reader.Bytes();
        var colon = text.IndexOf((byte)':');
        if (colon < 0 || !TryReadHalf(text[..colon], out var major) || !TryReadHalf(text[(colon + 1)..], out var minor))
        {
            return reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "a class MAJOR:MINOR in hexadecimal");
        }
        value = ((uint)major << 16) | minor;
        return true;
    }

    protected override void WriteValue(uint value, RuleTextWriter writer) =>
        writer.Word(string.Create(CultureInfo.InvariantCulture, $"{value >> 16:x4}:{value & 0xffff:x4}"));

    private static bool TryReadHalf(ReadOnlySpan<byte> text, out ushort half)
    {
        var digits = text is [(byte)'0', (byte)'x' or (byte)'X', .. var rest] ? rest : text;
        var isRead = uint.TryParse(
            Encoding.UTF8.GetString(digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number);
        half = (ushort)number;
        return isRead;
    }
}
