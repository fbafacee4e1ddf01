using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A rate in bits or bytes a second, with a unit of traffic control (<c>2.5mbit</c>, <c>10KiBps</c>); it may be left out.</summary>
/// <remarks>
/// Source: extensions/libxt_rateest.c, <c>rateest_get_rate</c> and <c>rateest_print_rate</c>. The value is bytes a second in
/// 32 bits, as the kernel keeps them; what is above wraps. Without a unit a number is bits.
/// </remarks>
internal sealed class BitRateOption(string name) : OptionSpec<uint>(name)
{
    private const double BitsPerByte = 8;

    public override bool IsValueOptional => true;

    protected override bool TryRead(OptionReader reader, out uint value)
    {
        value = 0;
        if (!reader.HasValue)
        {
            return true;
        }
        var text = reader.Text();
        if (!UnitNumber.TryParse(text, out var number, out var unit) || BitsOf(unit) is not { } bits)
        {
            return reader.Fail(OptionDiagnostics.BadValue, text, "a rate such as 2.5mbit, with bit or Bps behind an optional k, m, g or t");
        }
        value = unchecked((uint)(ulong)(number * bits / BitsPerByte));
        return true;
    }

    protected override void WriteValue(uint value, RuleTextWriter writer)
    {
        var bits = value * BitsPerByte;
        writer.Word(
            bits >= 1e9 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(bits / 1e6)}Mbit")
            : bits >= 1e6 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(bits / 1e3)}Kbit")
            : string.Create(CultureInfo.InvariantCulture, $"{bits}bit"));
    }

    /// <summary>How many bits a unit in lower case stands for: <c>kibps</c> 8 * 1024; null where it is none.</summary>
    private static double? BitsOf(string unit)
    {
        var bits = unit.EndsWith("bps", StringComparison.Ordinal) ? BitsPerByte : 1;
        var prefix = unit.EndsWith("bit", StringComparison.Ordinal) || bits > 1 ? unit[..^3] : unit.Length == 0 ? "" : "?";
        var power = prefix is "" ? 0 : "kmgt".IndexOf(prefix[0], StringComparison.Ordinal) + 1;
        return prefix switch
        {
            "" => bits,
            [_] when power > 0 => bits * Math.Pow(1000, power),
            [_, 'i'] when power > 0 => bits * Math.Pow(1024, power),
            _ => null,
        };
    }
}
