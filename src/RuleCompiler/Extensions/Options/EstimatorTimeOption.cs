using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A time in microseconds, with a unit (<c>250.0ms</c>, <c>1s</c>) or without.</summary>
/// <remarks>Source: extensions/libxt_RATEEST.c, <c>RATEEST_get_time</c> and <c>RATEEST_print_time</c>.</remarks>
internal sealed class EstimatorTimeOption(string name) : OptionSpec<uint>(name)
{
    protected override bool TryRead(OptionReader reader, out uint value)
    {
        var text = reader.Text();
        var isNumber = UnitNumber.TryParse(text, out var number, out var unit);
        var microseconds = unit switch
        {
            "s" or "sec" or "secs" => 1_000_000d,
            "ms" or "msec" or "msecs" => 1000,
            "us" or "usec" or "usecs" or "" => 1,
            _ => double.NaN,
        };
        var isRead = isNumber && number * microseconds <= uint.MaxValue;
        value = isRead ? (uint)(number * microseconds) : 0;
        return isRead || reader.Fail(OptionDiagnostics.BadValue, text, "a time such as 250ms, 0.5s or, in microseconds, 250000");
    }

    protected override void WriteValue(uint value, RuleTextWriter writer) => writer.Word(
        value >= 1_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.0}s")
        : value >= 1000 ? string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.0}ms")
        : string.Create(CultureInfo.InvariantCulture, $"{value}us"));
}
