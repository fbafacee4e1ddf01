using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A probability from 0 to 1, kept as a number of 2^31 parts and printed with 11 decimals.</summary>
/// <remarks>Source: extensions/libxt_statistic.c: <c>lround(0x80000000 * probability)</c>.</remarks>
internal sealed class ProbabilityOption(string name) : OptionSpec<ProbabilityOption.Share>(name)
{
    protected override bool TryRead(OptionReader reader, out Share value)
    {
        var isRead = double.TryParse(reader.Bytes(), NumberStyles.Float, CultureInfo.InvariantCulture, out var probability)
            && probability is >= 0 and <= 1;
        value = isRead ? new Share((uint)Math.Round(probability * Share.Certain, MidpointRounding.AwayFromZero)) : default;
        return isRead || reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "a probability from 0 to 1");
    }

    protected override void WriteValue(Share value, RuleTextWriter writer) =>
        writer.Word((value.Parts / (double)Share.Certain).ToString("F11", CultureInfo.InvariantCulture));

    /// <summary>Parts of 2^31.</summary>
    internal readonly record struct Share(uint Parts)
    {
        /// <summary>Probability 1.</summary>
        public const uint Certain = 0x8000_0000;
    }
}
