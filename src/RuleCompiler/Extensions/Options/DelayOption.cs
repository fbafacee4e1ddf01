using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A time in milliseconds, or for ever: any word that begins with <c>inf</c>.</summary>
/// <remarks>
/// Source: extensions/libxt_LED.c, <c>LED_parse</c>. For ever is the largest number; the tool prints it as -1, which it then
/// does not read, so it prints as <c>inf</c> here.
/// </remarks>
internal sealed class DelayOption(string name) : OptionSpec<ulong>(name)
{
    private const string Forever = "inf";

    protected override bool TryRead(OptionReader reader, out ulong value)
    {
        if (reader.Text().StartsWith(Forever, StringComparison.OrdinalIgnoreCase))
        {
            value = uint.MaxValue;
            return true;
        }
        return XtablesNumber.TryParse(reader.Bytes(), uint.MaxValue, out value)
            || reader.Fail(OptionDiagnostics.BadNumber, reader.Text(), "0", uint.MaxValue.ToString(CultureInfo.InvariantCulture));
    }

    public override void Write(object value, bool isNegated, RuleTextWriter writer)
    {
        if (value is not 0ul)
        {
            base.Write(value, isNegated, writer);
        }
    }

    protected override void WriteValue(ulong value, RuleTextWriter writer) =>
        writer.Word(value == uint.MaxValue ? Forever : value.ToString(CultureInfo.InvariantCulture));
}
