using System.Globalization;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Options;

/// <summary>A port, or a range <c>A:B</c> of ports, by number or service name; an end left out is 0 or 65535.</summary>
/// <remarks>
/// A backward range is refused, as libxtables/xtoptions.c does it everywhere since 1.8.11: to older tools some
/// matches let it pass, and it then matched nothing.
/// </remarks>
internal sealed class PortRangeOption(string name) : OptionSpec<NumberRange>(name)
{
    /// <summary>Whether the full range prints; else it vanishes, whole option and all.</summary>
    public bool PrintsFullRange { get; init; }

    /// <summary>Whether numbers are decimal always (<c>080</c> is 80), as the resolver of names reads them; else as <see cref="XtablesNumber"/>.</summary>
    public bool IsResolved { get; init; }

    /// <summary>The protocol whose services have names; null for any.</summary>
    public byte? ServicesOf { get; init; }

    protected override bool TryRead(OptionReader reader, out NumberRange value)
    {
        value = default;
        var text = reader.Bytes();
        var colon = text.IndexOf((byte)':');
        var low = colon < 0 ? text : text[..colon];
        var high = colon < 0 ? text : text[(colon + 1)..];
        if (!TryReadEnd(low, colon >= 0, 0, out var first) || !TryReadEnd(high, colon >= 0, ushort.MaxValue, out var last))
        {
            return reader.Fail(OptionDiagnostics.BadPort, reader.Text(), Hint(text));
        }
        if (first > last)
        {
            return reader.Fail(OptionDiagnostics.BackwardRange, reader.Text());
        }
        value = new NumberRange(first, last);
        return true;
    }

    public override void Write(object value, bool isNegated, RuleTextWriter writer)
    {
        if (isNegated || PrintsFullRange || (NumberRange)value is not { Low: 0, High: ushort.MaxValue })
        {
            base.Write(value, isNegated, writer);
        }
    }

    protected override void WriteValue(NumberRange value, RuleTextWriter writer) =>
        writer.Word(value.Low == value.High
            ? value.Low.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{value.Low}:{value.High}"));

    /// <summary>A port by number or by the name of a service.</summary>
    /// <param name="text">Number or name.</param>
    /// <param name="port">The port.</param>
    /// <param name="protocol">The protocol of which it must be a service; null for any.</param>
    public static bool TryReadPort(ReadOnlySpan<byte> text, out ulong port, byte? protocol = null) =>
        XtablesNumber.TryParse(text, ushort.MaxValue, out port) || TryFindService(text, protocol, out port);

    /// <summary>The same, numbers in decimal always.</summary>
    /// <remarks>
    /// Source: libxtables/xtoptions.c, <c>xtables_getportbyname</c>, which asks getaddrinfo(3); glibc reads a number there as an
    /// <c>int</c>, of which 16 bits count: 65536 is port 0. Names are those of any protocol.
    /// </remarks>
    public static bool TryResolvePort(ReadOnlySpan<byte> text, out ulong port)
    {
        var rest = text;
        if (ScannedNumber.Take(ref rest) is { } number && rest.IsEmpty && unchecked((int)number) >= 0)
        {
            port = (ushort)number;
            return true;
        }
        return TryFindService(text, null, out port);
    }

    /// <summary>For the two things that people write most often in place of a port.</summary>
    private static string Hint(ReadOnlySpan<byte> text) =>
        text.Contains((byte)',') ? "; '-m multiport' takes several ports"
        : text.IndexOf((byte)'-') is var dash and > 0 && TryReadPort(text[..dash], out var low) && TryReadPort(text[(dash + 1)..], out var high)
            ? string.Create(CultureInfo.InvariantCulture, $"; a range is written '{low}:{high}'")
        : "";

    private static bool TryFindService(ReadOnlySpan<byte> text, byte? protocol, out ulong port)
    {
        port = 0;
        var name = System.Text.Encoding.UTF8.GetString(text);
        if (ServiceNames.Find(name) is { } known && (protocol is not { } wanted || ServiceNames.IsOf(name, wanted)))
        {
            port = known;
            return true;
        }
        return false;
    }

    private bool TryReadEnd(ReadOnlySpan<byte> text, bool isRange, ulong open, out ulong port)
    {
        if (text.IsEmpty && isRange)
        {
            port = open;
            return true;
        }
        return IsResolved ? TryResolvePort(text, out port) : TryReadPort(text, out port, ServicesOf);
    }
}
