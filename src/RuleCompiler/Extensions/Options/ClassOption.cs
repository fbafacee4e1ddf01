using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A traffic class, <c>MAJOR:MINOR</c> in hexadecimal.</summary>
/// <remarks>Source: extensions/libxt_CLASSIFY.c, <c>CLASSIFY_parse</c>: of longer numbers the low 16 bits count, and what stands behind is not looked at.</remarks>
internal sealed class ClassOption(string name) : OptionSpec<uint>(name)
{
    protected override bool TryRead(OptionReader reader, out uint value)
    {
        var text = reader.Bytes();
        var major = ScannedNumber.Take(ref text, isHexadecimal: true);
        text = text is [(byte)':', ..] ? text[1..] : [];
        var minor = ScannedNumber.Take(ref text, isHexadecimal: true);
        value = ((uint)(ushort)(major ?? 0) << 16) | (ushort)(minor ?? 0);
        return (major is not null && minor is not null) || reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "a class MAJOR:MINOR in hexadecimal");
    }

    protected override void WriteValue(uint value, RuleTextWriter writer) =>
        writer.Word(string.Create(CultureInfo.InvariantCulture, $"{value >> 16:x4}:{value & 0xffff:x4}"));
}
