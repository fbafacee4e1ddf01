using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A time of day, <c>hh:mm</c> or <c>hh:mm:ss</c>, in seconds since midnight.</summary>
internal sealed class TimeOfDayOption(string name) : OptionSpec<uint>(name)
{
    protected override bool TryRead(OptionReader reader, out uint value)
    {
        value = 0;
        var text = reader.Text();
        var isRead = text.Split(':') is [var hours, var minutes, .. var rest] && rest.Length <= 1
            && TryReadPart(hours, 23, ref value) && TryReadPart(minutes, 59, ref value)
            && TryReadPart(rest is [var seconds] ? seconds : "0", 59, ref value);
        return isRead || reader.Fail(OptionDiagnostics.BadValue, text, "a time of day, hh:mm or hh:mm:ss");
    }

    protected override void WriteValue(uint value, RuleTextWriter writer) => writer.Word(
        string.Create(CultureInfo.InvariantCulture, $"{value / 3600:d2}:{value / 60 % 60:d2}:{value % 60:d2}"));

    private static bool TryReadPart(string text, uint max, ref uint value)
    {
        var isRead = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            && text.Length <= 2 && part <= max;
        value = (value * 60) + part;
        return isRead;
    }
}
