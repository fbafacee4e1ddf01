using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>Ports and ranges <c>A:B</c> with commas between; both ends of a range are needed.</summary>
/// <remarks>
/// Source: extensions/libxt_multiport.c, <c>parse_multi_ports_v1</c>; include/uapi/linux/netfilter/xt_multiport.h,
/// <c>XT_MULTI_PORTS</c>: room for 15 ports, of which a range takes two.
/// </remarks>
internal sealed class PortListOption(string name) : OptionSpec<PortList>(name)
{
    private const int MaxPorts = 15;

    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out PortList? value)
    {
        value = null;
        var text = reader.Bytes();
        var ranges = ImmutableArray.CreateBuilder<Interval>(1 + text.Count((byte)','));
        var names = ImmutableArray.CreateBuilder<string>();
        var portCount = 0;
        foreach (var part in text.Split((byte)','))
        {
            var item = text[part];
            var colon = item.IndexOf((byte)':');
            var (first, last) = colon < 0 ? (part, part) : (part.Start..(part.Start.Value + colon), (part.Start.Value + colon + 1)..part.End);
            if (!TryReadPort(text[first], names, out var low) || !TryReadPort(text[last], names, out var high))
            {
                return reader.Fail(OptionDiagnostics.BadPort, System.Text.Encoding.UTF8.GetString(item), "");
            }
            if (colon >= 0 && low >= high)
            {
                return reader.Fail(OptionDiagnostics.BackwardRange, System.Text.Encoding.UTF8.GetString(item));
            }
            ranges.Add(new Interval(low, high));
            portCount += colon < 0 ? 1 : 2;
        }
        if (portCount > MaxPorts)
        {
            return reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "a list of at most 15 ports, a range counting as two");
        }
        value = new PortList(ranges.MoveToImmutable(), names.DrainToImmutable());
        return true;
    }

    private static bool TryReadPort(ReadOnlySpan<byte> text, ImmutableArray<string>.Builder names, out ulong port)
    {
        var isRead = PortRangeOption.TryReadPort(text, out port);
        if (isRead && !XtablesNumber.TryParse(text, ushort.MaxValue, out _))
        {
            names.Add(System.Text.Encoding.UTF8.GetString(text));
        }
        return isRead;
    }

    protected override void WriteValue(PortList value, RuleTextWriter writer) => writer.Word(value.ToString());
}
