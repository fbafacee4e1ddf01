using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace RuleCompiler.Extensions.Options;

/// <summary>A Mobility Header type, or a range <c>A:B</c> of them, by number or name; the beginning of a name will do.</summary>
/// <remarks>
/// Source: extensions/libip6t_mh.c, <c>name_to_type</c>: of several names that begin so the first is meant, a whole one
/// before all. RFC 6275, section 6.1.
/// </remarks>
internal sealed class MobilityTypeOption(string name) : OptionSpec<NumberRange>(name)
{
    /// <summary>Names by type, the long one first.</summary>
    private static readonly ImmutableArray<(string Long, string Short)> Types =
    [
        ("binding-refresh-request", "brr"), ("home-test-init", "hoti"), ("careof-test-init", "coti"), ("home-test", "hot"),
        ("careof-test", "cot"), ("binding-update", "bu"), ("binding-acknowledgement", "ba"), ("binding-error", "be"),
    ];

    /// <summary>The full range vanishes, whole option and all, unless it is negated.</summary>
    public override void Write(object value, bool isNegated, RuleTextWriter writer)
    {
        if (isNegated || value is not NumberRange { Low: 0, High: byte.MaxValue })
        {
            base.Write(value, isNegated, writer);
        }
    }

    protected override bool TryRead(OptionReader reader, out NumberRange value)
    {
        value = default;
        var text = reader.Bytes();
        var colon = text.IndexOf((byte)':');
        var low = colon < 0 ? text : text[..colon];
        var high = colon < 0 ? text : text[(colon + 1)..];
        if (!TryReadType(low, colon >= 0, 0, out var first) || !TryReadType(high, colon >= 0, byte.MaxValue, out var last))
        {
            return reader.Fail(
                OptionDiagnostics.BadValue,
                reader.Text(),
                $"a Mobility Header type: a number from 0 to 255, or one of {string.Join(", ", Types.Select(t => t.Short))}");
        }
        value = new NumberRange(first, last);
        return first <= last || reader.Fail(OptionDiagnostics.BackwardRange, reader.Text());
    }

    protected override void WriteValue(NumberRange value, RuleTextWriter writer) =>
        writer.Word(value.Low == value.High
            ? value.Low.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{value.Low}:{value.High}"));

    private static bool TryReadType(ReadOnlySpan<byte> text, bool isRange, ulong open, out ulong type)
    {
        if (text.IsEmpty && isRange)
        {
            type = open;
            return true;
        }
        return XtablesNumber.TryParse(text, byte.MaxValue, out type) || TryFind(Encoding.UTF8.GetString(text), out type);
    }

    private static bool TryFind(string prefix, out ulong type)
    {
        var found = -1;
        for (var i = 0; i < Types.Length && prefix.Length > 0; i++)
        {
            foreach (var known in (ReadOnlySpan<string>)[Types[i].Long, Types[i].Short])
            {
                if (known.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (found < 0 || known.Length == prefix.Length))
                {
                    found = i;
                }
            }
        }
        type = (ulong)Math.Max(found, 0);
        return found >= 0;
    }
}
