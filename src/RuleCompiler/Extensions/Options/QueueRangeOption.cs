using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary><c>A:B</c>: queue numbers over which flows are spread, at least two of them.</summary>
/// <remarks>
/// Source: extensions/libxt_NFQUEUE.c, <c>parse_v1</c>. The kernel keeps their count in 16 bits
/// (net/netfilter/xt_NFQUEUE.c, <c>nfqueue_tg_check</c>), so 0:65535 is one too many, and since 1.8.11 <c>0:</c> ends one before.
/// </remarks>
internal sealed class QueueRangeOption(string name) : OptionSpec<NumberRange>(name)
{
    /// <summary>What an end left out stands for.</summary>
    private const ushort LastQueue = ushort.MaxValue - 1;

    protected override bool TryRead(OptionReader reader, out NumberRange value)
    {
        value = default;
        var text = reader.Bytes();
        var colon = text.IndexOf((byte)':');
        if (colon < 0
            || !TryReadEnd(text[..colon], 0, out var first)
            || !TryReadEnd(text[(colon + 1)..], LastQueue, out var last)
            || first >= last
            || last - first == ushort.MaxValue)
        {
            return reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "a range A:B of 2 to 65535 queue numbers");
        }
        value = new NumberRange(first, last);
        return true;
    }

    protected override void WriteValue(NumberRange value, RuleTextWriter writer) =>
        writer.Word(string.Create(CultureInfo.InvariantCulture, $"{value.Low}:{value.High}"));

    private static bool TryReadEnd(ReadOnlySpan<byte> text, ulong open, out ulong value)
    {
        value = open;
        return text.IsEmpty || XtablesNumber.TryParse(text, ushort.MaxValue, out value);
    }
}
