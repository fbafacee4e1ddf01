using System.Globalization;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>A type-of-service byte with an optional mask, or one of the names of RFC 1349, which leave the upper two bits out.</summary>
/// <remarks>Source: extensions/tos_values.c, <c>tos_parse_symbolic</c>.</remarks>
internal sealed class TosOption(string name) : OptionSpec<TosOption.Value>(name)
{
    private const byte NamedBits = 0x3f;

    protected override bool TryRead(OptionReader reader, out Value value)
    {
        value = default;
        var text = reader.Bytes();
        if (!text.IsEmpty && char.IsAsciiLetter((char)text[0]))
        {
            var named = Find(reader.Text());
            value = new Value(named ?? 0, NamedBits);
            return named is not null
                || reader.Fail(
                    OptionDiagnostics.UnknownKeyword,
                    reader.Text(),
                    "Minimize-Delay, Maximize-Throughput, Maximize-Reliability, Minimize-Cost, Normal-Service");
        }
        var slash = text.IndexOf((byte)'/');
        ulong mask = byte.MaxValue;
        if (!XtablesNumber.TryParse(slash < 0 ? text : text[..slash], byte.MaxValue, out var number)
            || (slash >= 0 && !XtablesNumber.TryParse(text[(slash + 1)..], byte.MaxValue, out mask)))
        {
            return reader.Fail(OptionDiagnostics.BadNumber, reader.Text(), "0", "0xff");
        }
        value = new Value((byte)number, (byte)mask);
        return true;
    }

    protected override void WriteValue(Value value, RuleTextWriter writer) => writer.Word(value.ToString());

    private static byte? Find(string name) => name.ToUpperInvariant() switch
    {
        "MINIMIZE-DELAY" => 0x10,
        "MAXIMIZE-THROUGHPUT" => 0x08,
        "MAXIMIZE-RELIABILITY" => 0x04,
        "MINIMIZE-COST" => 0x02,
        "NORMAL-SERVICE" => 0x00,
        _ => null,
    };

    /// <summary>The byte's bits under a mask.</summary>
    internal readonly record struct Value(byte Number, byte Mask) : IFieldValue
    {
        public FieldSet ToFieldSet() => FieldSet.Masked(Number, Mask, 8);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"0x{Number:x2}/0x{Mask:x2}");
    }
}
