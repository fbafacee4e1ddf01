using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A date with an optional time, <c>yyyy[-mm[-dd[Thh[:mm[:ss]]]]]</c>; what is left out is its first moment.</summary>
/// <remarks>Source: extensions/libxt_time.c, <c>time_parse_date</c>; years 1970 to 2038.</remarks>
internal sealed class DateOption(string name) : OptionSpec<DateTime>(name)
{
    private static readonly string[] Forms =
        ["yyyy", "yyyy-M", "yyyy-M-d", "yyyy-M-d'T'H", "yyyy-M-d'T'H:m", "yyyy-M-d'T'H:m:s"];

    protected override bool TryRead(OptionReader reader, out DateTime value)
    {
        var isRead = DateTime.TryParseExact(
            reader.Text(),
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out value);
        return (isRead && value >= DateTime.UnixEpoch && value <= DateTime.UnixEpoch.AddSeconds(int.MaxValue))
            || reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "a date from 1970 to 2038 such as 2025-01-31T08:00:00");
    }

    protected override void WriteValue(DateTime value, RuleTextWriter writer) =>
        writer.Word(value.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
}
