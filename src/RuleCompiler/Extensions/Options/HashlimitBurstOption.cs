using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A burst: a number of packets, or of bytes (<c>1mb</c>).</summary>
/// <remarks>Source: extensions/libxt_hashlimit.c, <c>parse_burst</c>.</remarks>
internal sealed class HashlimitBurstOption(string name) : OptionSpec<ulong>(name)
{
    protected override bool TryRead(OptionReader reader, out ulong value)
    {
        var text = reader.Text();
        return (HashlimitRateOption.TryReadBytes(text.EndsWith('b') ? text[..^1] : text, out value) && value > 0)
            || reader.Fail(OptionDiagnostics.BadValue, text, "a number of packets such as 20, or of bytes such as 1mb");
    }

    protected override void WriteValue(ulong value, RuleTextWriter writer) =>
        writer.Word(value.ToString(CultureInfo.InvariantCulture));
}
