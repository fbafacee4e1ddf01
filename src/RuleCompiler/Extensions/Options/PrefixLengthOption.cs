using System.Globalization;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>A prefix length, by number or as a mask without holes; a longer one than an address counts as the address's.</summary>
/// <remarks>Source: libxtables/xtoptions.c, <c>xtopt_parse_plen</c>.</remarks>
internal sealed class PrefixLengthOption(string name) : OptionSpec<int>(name)
{
    protected override bool TryRead(OptionReader reader, out int value)
    {
        var width = IpAddress.WidthOf(reader.Family);
        var text = reader.Text();
        if (byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            value = Math.Min(length, width);
            return true;
        }
        value = 0;
        if (IpAddress.TryParse(text, out var mask) && mask.Family == reader.Family)
        {
            value = (int)UInt128.LeadingZeroCount(~(mask.Value << (128 - width)));
            return true;
        }
        return reader.Fail(OptionDiagnostics.BadMask, text, width.ToString(CultureInfo.InvariantCulture));
    }

    protected override void WriteValue(int value, RuleTextWriter writer) => writer.Number((ulong)value);
}
