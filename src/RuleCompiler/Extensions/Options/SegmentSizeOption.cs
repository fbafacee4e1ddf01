using System.Globalization;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Options;

/// <summary>A TCP segment size in bytes: at most what is left of 65535 behind the shortest IP header.</summary>
/// <remarks>Source: extensions/libxt_TCPMSS.c.</remarks>
internal sealed class SegmentSizeOption(string name) : OptionSpec<ulong>(name)
{
    protected override bool TryRead(OptionReader reader, out ulong value)
    {
        var max = ushort.MaxValue - (reader.Family == Family.IPv4 ? 20ul : 40ul);
        return XtablesNumber.TryParse(reader.Bytes(), max, out value)
            || reader.Fail(OptionDiagnostics.BadNumber, reader.Text(), "0", max.ToString(CultureInfo.InvariantCulture));
    }

    protected override void WriteValue(ulong value, RuleTextWriter writer) => writer.Number(value);
}
