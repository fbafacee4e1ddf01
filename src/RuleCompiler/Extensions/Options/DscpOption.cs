using System.Globalization;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>A differentiated services code point, 0 to 63, by number.</summary>
/// <remarks>It is the upper six bits of the type-of-service byte (RFC 2474, 3).</remarks>
internal sealed class DscpOption(string name) : OptionSpec<DscpOption.CodePoint>(name)
{
    private const byte MaxCodePoint = 63;

    protected override bool TryRead(OptionReader reader, out CodePoint value)
    {
        var isRead = XtablesNumber.TryParse(reader.Bytes(), MaxCodePoint, out var number);
        value = new CodePoint((byte)number);
        return isRead || reader.Fail(OptionDiagnostics.BadNumber, reader.Text(), "0", "63");
    }

    protected override void WriteValue(CodePoint value, RuleTextWriter writer) => writer.Word(value.ToString());

    /// <summary>The code point, as a set of type-of-service bytes.</summary>
    internal readonly record struct CodePoint(byte Number) : IFieldValue
    {
        public FieldSet ToFieldSet() => FieldSet.Range((UInt128)(Number << 2), (UInt128)((Number << 2) | 3));

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"0x{Number:x2}");
    }
}
