using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A conntrack zone: a number, or <c>mark</c> for the packet's mark.</summary>
internal sealed class ZoneOption(string name) : OptionSpec<ZoneOption.Zone>(name)
{
    private const string FromMark = "mark";

    protected override bool TryRead(OptionReader reader, out Zone value)
    {
        value = new Zone(0, reader.Text().Equals(FromMark, StringComparison.OrdinalIgnoreCase));
        if (value.IsFromMark)
        {
            return true;
        }
        var isRead = XtablesNumber.TryParse(reader.Bytes(), ushort.MaxValue, out var number);
        value = new Zone((ushort)number, false);
        return isRead || reader.Fail(OptionDiagnostics.BadValue, reader.Text(), $"a zone from 0 to 65535 or '{FromMark}'");
    }

    protected override void WriteValue(Zone value, RuleTextWriter writer) => writer.Word(value.ToString());

    /// <summary>The zone's number, 0 where it is the mark.</summary>
    internal readonly record struct Zone(ushort Number, bool IsFromMark)
    {
        public override string ToString() => IsFromMark ? FromMark : Number.ToString(CultureInfo.InvariantCulture);
    }
}
