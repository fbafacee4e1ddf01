using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A user or group number, or a range <c>A-B</c> (or <c>A:B</c>) of them.</summary>
internal sealed class IdOption(string name) : OptionSpec<NumberRange>(name)
{
    private const uint MaxId = uint.MaxValue - 1; // -1 is the kernel's 'no id'

    protected override bool TryRead(OptionReader reader, out NumberRange value)
    {
        value = default;
        var text = reader.Bytes();
        if (!text.IsEmpty && (char.IsAsciiLetter((char)text[0]) || text[0] == (byte)'_'))
        {
            return reader.Text() switch
            {
                "root" => Assign(0, 0, out value),
                var name => reader.Fail(OptionDiagnostics.LocalName, name),
            };
        }
        var dash = text.IndexOfAny((byte)'-', (byte)':');
        if (!XtablesNumber.TryParse(dash < 0 ? text : text[..dash], MaxId, out var low)
            || !XtablesNumber.TryParse(dash < 0 ? text : text[(dash + 1)..], MaxId, out var high))
        {
            return reader.Fail(
                OptionDiagnostics.BadNumber, reader.Text(), "0", MaxId.ToString(CultureInfo.InvariantCulture));
        }
        return low <= high ? Assign(low, high, out value) : reader.Fail(OptionDiagnostics.BackwardRange, reader.Text());
    }

    protected override void WriteValue(NumberRange value, RuleTextWriter writer) =>
        writer.Word(value.Low == value.High
            ? value.Low.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{value.Low}-{value.High}"));

    private static bool Assign(ulong low, ulong high, out NumberRange value)
    {
        value = new NumberRange(low, high);
        return true;
    }
}
