using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A rate of packets (<c>5/min</c>) or bytes (<c>512kb/s</c>).</summary>
/// <remarks>Source: extensions/libxt_hashlimit.c, <c>parse_bytes</c>, then <c>parse_rate</c>.</remarks>
internal sealed class HashlimitRateOption(string name) : OptionSpec<HashlimitRate>(name)
{
    /// <summary>Parts of a second; the fastest rate is so many packets a second.</summary>
    public const uint Scale = 1_000_000;

    protected override bool TryRead(OptionReader reader, out HashlimitRate value)
    {
        var text = reader.Text();
        if (text.EndsWith("b/s", StringComparison.Ordinal) && TryReadBytes(text[..^3], out var bytes))
        {
            value = HashlimitRate.OfBytes(bytes);
            return true;
        }
        var isRead = Rate.TryParse(text, Scale, out var rate) && rate.Period > 0;
        value = new HashlimitRate(rate, 0);
        return isRead || reader.Fail(
            OptionDiagnostics.BadValue, text, "a rate such as 5/min, at most 1000000/sec, or 512kb/s");
    }

    protected override void WriteValue(HashlimitRate value, RuleTextWriter writer) => writer.Word(value.ToString());

    /// <summary>Reads <c>100</c>, <c>512k</c> or <c>2m</c>.</summary>
    public static bool TryReadBytes(string text, out ulong bytes)
    {
        var shift = text switch
        {
            [.., 'k'] => 10,
            [.., 'm'] => 20,
            _ => 0,
        };
        var isRead = ulong.TryParse(
            shift == 0 ? text : text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out bytes);
        bytes <<= shift;
        return isRead && bytes >> shift << shift == bytes && bytes >> 44 == 0;
    }
}
