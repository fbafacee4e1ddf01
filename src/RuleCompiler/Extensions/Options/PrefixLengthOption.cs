using System.Globalization;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>A prefix length, by number or as a mask without holes.</summary>
/// <remarks>Source: libxtables/xtoptions.c, <c>xtopt_parse_plen</c>.</remarks>
internal sealed class PrefixLengthOption(string name) : OptionSpec<int>(name)
{
    private const int MaxLength = 128;

    /// <summary>Whether a length that only IPv6 has counts as the whole address in IPv4; else it is refused.</summary>
    public bool CutsLongOnes { get; init; }

    protected override bool TryRead(OptionReader reader, out int value)
    {
        var width = IpAddress.WidthOf(reader.Family);
        var text = reader.Text();
        if (XtablesNumber.TryParse(reader.Bytes(), byte.MaxValue, out var length))
        {
            value = Math.Min((int)length, width);
            return length <= (ulong)(CutsLongOnes ? MaxLength : width)
                || reader.Fail(OptionDiagnostics.BadMask, text, width.ToString(CultureInfo.InvariantCulture));
        }
        value = 0;
        if (XtablesAddress.TryReadMask(reader.Bytes(), reader.Family, out var mask))
        {
            value = (int)UInt128.LeadingZeroCount(~(mask.Value << (128 - width)));
            return true;
        }
        return reader.Fail(OptionDiagnostics.BadMask, text, width.ToString(CultureInfo.InvariantCulture));
    }

    protected override void WriteValue(int value, RuleTextWriter writer) => writer.Number((ulong)value);
}
