using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A time of day, <c>hh:mm</c> or <c>hh:mm:ss</c>, in seconds since midnight.</summary>
/// <remarks>Source: extensions/libxt_time.c, <c>time_parse_minutes</c>, which takes signs and parts of any length.</remarks>
internal sealed class TimeOfDayOption(string name) : OptionSpec<uint>(name)
{
    protected override bool TryRead(OptionReader reader, out uint value)
    {
        var rest = reader.Bytes();
        var hours = TakePart(ref rest);
        var isRead = rest is [(byte)':', ..] && hours <= 23;
        rest = isRead ? rest[1..] : [];
        var minutes = TakePart(ref rest);
        var hasSeconds = rest is [(byte)':', ..];
        rest = hasSeconds ? rest[1..] : rest;
        var seconds = hasSeconds ? TakePart(ref rest) : 0;
        value = (((hours * 60) + minutes) * 60) + seconds;
        return (isRead && minutes <= 59 && seconds <= 59 && rest.IsEmpty)
            || reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "a time of day, hh:mm or hh:mm:ss");
    }

    protected override void WriteValue(uint value, RuleTextWriter writer) => writer.Word(
        string.Create(CultureInfo.InvariantCulture, $"{value / 3600:d2}:{value / 60 % 60:d2}:{value % 60:d2}"));

    /// <summary>A part left out is 0.</summary>
    private static uint TakePart(ref ReadOnlySpan<byte> text) => (uint)(ScannedNumber.Take(ref text) ?? 0);
}
