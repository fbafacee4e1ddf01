using System.Collections.Immutable;
using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>Days with commas between, by number from 1 or by name: a bit set, bit n for day n.</summary>
/// <param name="name">The option's name.</param>
/// <param name="count">How many days there are.</param>
/// <param name="names">Their names, of which the first two letters count; empty where they have none.</param>
/// <remarks>Source: extensions/libxt_time.c, <c>time_parse_weekdays</c>, <c>time_parse_monthdays</c>.</remarks>
internal sealed class DayListOption(string name, int count, ImmutableArray<string> names) : OptionSpec<uint>(name)
{
    /// <summary>Every day.</summary>
    public uint AllDays => ((1u << count) - 1) << 1;

    protected override bool TryRead(OptionReader reader, out uint value)
    {
        value = 0;
        foreach (var word in reader.Text().Split(','))
        {
            var day = names.IndexOf(word, 0, names.Length, SameDay.Instance) + 1;
            if (day == 0 && !int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out day))
            {
                day = 0;
            }
            if (day < 1 || day > count)
            {
                return reader.Fail(OptionDiagnostics.BadValue, word, names.IsEmpty ? "a day from 1 to 31" : "a day, Mon to Sun or 1 to 7");
            }
            value |= 1u << day;
        }
        return true;
    }

    protected override void WriteValue(uint value, RuleTextWriter writer) => writer.Word(string.Join(
        ',',
        Enumerable.Range(1, count)
            .Where(day => (value & (1u << day)) != 0)
            .Select(day => names.IsEmpty ? day.ToString(CultureInfo.InvariantCulture) : names[day - 1])));

    private sealed class SameDay : IEqualityComparer<string>
    {
        public static SameDay Instance { get; } = new();

        public bool Equals(string? x, string? y) => x is [var a, var b, ..] && y is [var c, var d, ..] && a == c && b == d;

        public int GetHashCode(string obj) => obj.Length;
    }
}
