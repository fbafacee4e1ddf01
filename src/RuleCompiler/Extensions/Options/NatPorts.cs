using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>The ports that a NAT target gives: one, a range <c>A-B</c>, or a range with a base, <c>A-B/BASE</c>.</summary>
/// <param name="Low">First port.</param>
/// <param name="High">Last port.</param>
/// <param name="Base">Port that is mapped to <paramref name="Low"/>; the others follow.</param>
/// <remarks>Source: extensions/libxt_NAT.c, <c>parse_ports</c>. Only a single port or the base may be a service name.</remarks>
internal readonly record struct NatPorts(ushort Low, ushort High, ushort? Base)
{
    /// <summary>Reads <paramref name="text"/>, a part of the reader's value.</summary>
    /// <returns>False after reporting what is wrong.</returns>
    public static bool TryRead(OptionReader reader, ReadOnlySpan<byte> text, out NatPorts value)
    {
        if (PortRangeOption.TryReadPort(text, out var single))
        {
            value = new NatPorts((ushort)single, (ushort)single, null);
            return true;
        }
        value = default;
        var dash = text.IndexOf((byte)'-');
        var slash = text.IndexOf((byte)'/');
        var low = dash < 0 ? text : text[..dash];
        var high = dash < 0 ? [] : slash < dash ? text[(dash + 1)..] : text[(dash + 1)..slash];
        ulong basePort = 0;
        if (!XtablesNumber.TryParse(low, ushort.MaxValue, out var first)
            || !XtablesNumber.TryParse(high, ushort.MaxValue, out var last)
            || (slash > dash && (!PortRangeOption.TryReadPort(text[(slash + 1)..], out basePort) || basePort == 0)))
        {
            return reader.Fail(OptionDiagnostics.BadPort, System.Text.Encoding.UTF8.GetString(text), "");
        }
        if (first > last)
        {
            return reader.Fail(OptionDiagnostics.BackwardRange, System.Text.Encoding.UTF8.GetString(text));
        }
        value = new NatPorts((ushort)first, (ushort)last, slash > dash ? (ushort)basePort : null);
        return true;
    }

    /// <summary>As iptables-save prints it.</summary>
    public override string ToString()
    {
        var range = Low == High
            ? Low.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Low}-{High}");
        return Base is null ? range : string.Create(CultureInfo.InvariantCulture, $"{range}/{Base}");
    }
}
