using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A number, or a range <c>A-B</c> (or <c>A:B</c>) of numbers.</summary>
/// <remarks>A backward range is refused, as by <see cref="PortRangeOption"/>.</remarks>
/// <param name="name">The option's name.</param>
/// <param name="min">Smallest number allowed.</param>
/// <param name="max">Largest number allowed; an end left out means it.</param>
internal sealed class NumberRangeOption(string name, ulong min, ulong max) : OptionSpec<NumberRange>(name)
{
    /// <summary>What stands between the two numbers.</summary>
    public char Separator { get; init; } = '-';

    /// <summary>Whether an end may be left out (<c>:90</c>, <c>90:</c>).</summary>
    public bool HasOpenEnds { get; init; }

    /// <summary>Whether the full range vanishes, whole option and all; not where it is negated, and matches nothing.</summary>
    public bool OmitsFullRange { get; init; }

    /// <summary>Whether one number alone leaves the upper end open, and an open end prints so.</summary>
    public bool IsOpenAlone { get; init; }

    public override void Write(object value, bool isNegated, RuleTextWriter writer)
    {
        if (isNegated || !OmitsFullRange || (NumberRange)value != new NumberRange(min, max))
        {
            base.Write(value, isNegated, writer);
        }
    }

    protected override bool TryRead(OptionReader reader, out NumberRange value)
    {
        value = default;
        var text = reader.Bytes();
        var separator = text.IndexOf((byte)Separator);
        var low = separator < 0 ? text : text[..separator];
        var high = separator < 0 ? IsOpenAlone ? [] : text : text[(separator + 1)..];
        if (!TryReadEnd(low, separator >= 0, min, out var first) || !TryReadEnd(high, separator >= 0 || IsOpenAlone, max, out var last))
        {
            return reader.Fail(
                OptionDiagnostics.BadNumber,
                reader.Text(),
                min.ToString(CultureInfo.InvariantCulture),
                max.ToString(CultureInfo.InvariantCulture));
        }
        if (first > last)
        {
            return reader.Fail(OptionDiagnostics.BackwardRange, reader.Text());
        }
        value = new NumberRange(first, last);
        return true;
    }

    protected override void WriteValue(NumberRange value, RuleTextWriter writer) =>
        writer.Word((IsOpenAlone ? value.High == max : value.Low == value.High)
            ? value.Low.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{value.Low}{Separator}{value.High}"));

    private bool TryReadEnd(ReadOnlySpan<byte> text, bool isRange, ulong open, out ulong value)
    {
        if (text.IsEmpty && isRange && HasOpenEnds)
        {
            value = open;
            return true;
        }
        return XtablesNumber.TryParse(text, max, out value) && value >= min;
    }
}
