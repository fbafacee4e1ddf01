using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A rate of packets a second; it may be left out, and is 0 then.</summary>
internal sealed class PacketRateOption(string name) : OptionSpec<uint>(name)
{
    public override bool IsValueOptional => true;

    protected override bool TryRead(OptionReader reader, out uint value)
    {
        ulong number = 0;
        var isRead = !reader.HasValue || XtablesNumber.TryParse(reader.Bytes(), uint.MaxValue, out number);
        value = (uint)number;
        return isRead
            || reader.Fail(OptionDiagnostics.BadNumber, reader.Text(), "0", uint.MaxValue.ToString(CultureInfo.InvariantCulture));
    }

    protected override void WriteValue(uint value, RuleTextWriter writer) => writer.Number(value);
}
