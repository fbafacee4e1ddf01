using System.Collections.Immutable;
using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A number of packets in a unit of time, as the kernel keeps it: the time between two of them.</summary>
/// <param name="Period">Time from one packet to the next, in parts of a second.</param>
/// <param name="Scale">How many such parts a second has.</param>
/// <param name="UnitSeconds">Seconds of the unit that the rate was given in.</param>
internal readonly record struct Rate(ulong Period, uint Scale, uint UnitSeconds)
{
    private static readonly ImmutableArray<(string Name, uint Seconds)> Units =
        [("day", 24 * 60 * 60), ("hour", 60 * 60), ("min", 60), ("sec", 1)];

    /// <summary>Seconds of the unit that the rate prints in: the finest that loses nothing of note.</summary>
    /// <remarks>Source: extensions/libxt_limit.c, <c>print_rate</c>.</remarks>
    public uint PrintedUnitSeconds => Units[PrintedUnit].Seconds;

    private int PrintedUnit
    {
        get
        {
            var unit = 1;
            while (unit < Units.Length)
            {
                var ticks = (ulong)Units[unit].Seconds * Scale;
                if (Period > ticks || ticks / Period < ticks % Period)
                {
                    break;
                }
                unit++;
            }
            return unit - 1;
        }
    }

    /// <summary>Reads <c>5/min</c>; the unit may be cut short, and is a second where it is left out.</summary>
    /// <returns>False where the text is no rate, or one of 0.</returns>
    public static bool TryParse(string text, uint scale, out Rate rate)
    {
        rate = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var seconds = slash < 0 ? 1 : FindUnit(text[(slash + 1)..]);
        var digits = slash < 0 ? text : text[..slash];
        var length = 0;
        while (length < digits.Length && char.IsAsciiDigit(digits[length]))
        {
            length++;
        }
        if (seconds is null
            || !uint.TryParse(digits.AsSpan(0, length), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count == 0)
        {
            return false;
        }
        rate = new Rate((ulong)scale * seconds.Value / count, scale, seconds.Value);
        return true;
    }

    public override string ToString()
    {
        var (name, seconds) = Units[PrintedUnit];
        return string.Create(CultureInfo.InvariantCulture, $"{(ulong)seconds * Scale / Period}/{name}");
    }

    private static uint? FindUnit(string text)
    {
        foreach (var (name, seconds) in (ReadOnlySpan<(string, uint)>)[("second", 1), ("minute", 60), ("hour", 3600), ("day", 86400)])
        {
            if (text.Length > 0 && name.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            {
                return seconds;
            }
        }
        return null;
    }
}
