using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>One whole number.</summary>
/// <param name="name">The option's name.</param>
/// <param name="min">Smallest number allowed.</param>
/// <param name="max">Largest number allowed.</param>
internal sealed class NumberOption(string name, ulong min, ulong max) : OptionSpec<ulong>(name)
{
    /// <summary>Where it prints as <c>0x1f</c>: how many digits at least; 0 where it prints in decimal.</summary>
    public int HexDigits { get; init; }

    /// <summary>How many low bits of the number the tool keeps; the others are lost without a word.</summary>
    public int KeptBits { get; init; } = 64;

    /// <summary>Whether 0 is no test, and vanishes, whole option and all; not where it is negated.</summary>
    public bool OmitsZero { get; init; }

    public override void Write(object value, bool isNegated, RuleTextWriter writer)
    {
        if (isNegated || !OmitsZero || value is not 0ul)
        {
            base.Write(value, isNegated, writer);
        }
    }

    protected override bool TryRead(OptionReader reader, out ulong value)
    {
        var isRead = XtablesNumber.TryParse(reader.Bytes(), max, out var given) && given >= min;
        value = given & (ulong.MaxValue >> (64 - KeptBits));
        return isRead || reader.Fail(
            OptionDiagnostics.BadNumber,
            reader.Text(),
            min.ToString(CultureInfo.InvariantCulture),
            max.ToString(CultureInfo.InvariantCulture));
    }

    protected override void WriteValue(ulong value, RuleTextWriter writer)
    {
        if (HexDigits > 0)
        {
            writer.Hex(value, HexDigits);
        }
        else
        {
            writer.Number(value);
        }
    }
}
