using System.Collections.Immutable;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Options;

/// <summary>An ICMP type by name, number, or number and code (<c>3/1</c>); an unambiguous beginning of a name will do.</summary>
/// <param name="name">The option's name.</param>
/// <param name="family">Whose types.</param>
/// <remarks>
/// Source: extensions/libxt_icmp.h, <c>ipt_parse_icmp</c>. A range of codes, <c>3/1:5</c>, is read but only its
/// first code is printed, as iptables-save 1.8.9 does.
/// </remarks>
internal sealed class IcmpTypeOption(string name, Family family) : OptionSpec<IcmpTypeTest>(name)
{
    private ImmutableArray<(string Name, byte Type, byte? Code)> Names { get; } =
        family == Family.IPv4 ? [("any", IcmpTypeTest.AnyType, null), .. IcmpTypeNames.Of(family)] : IcmpTypeNames.Of(family);

    protected override bool TryRead(OptionReader reader, out IcmpTypeTest value)
    {
        var text = reader.Bytes();
        if (TryReadNumbers(text, out value))
        {
            return true;
        }
        var prefix = reader.Text();
        (string Name, byte Type, byte? Code)? found = null;
        foreach (var known in Names)
        {
            if (prefix.Length == 0 || !known.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }
            if (found is { } other)
            {
                return reader.Fail(
                    OptionDiagnostics.BadValue, prefix, $"one ICMP type: it begins both '{other.Name}' and '{known.Name}'");
            }
            found = known;
        }
        if (found is not { } type)
        {
            return reader.Fail(
                OptionDiagnostics.BadValue,
                prefix,
                $"an {(family == Family.IPv4 ? "ICMP" : "ICMPv6")} type: a name, a number from 0 to 255, or type/code");
        }
        value = new IcmpTypeTest(family, type.Type, type.Code ?? 0, type.Code ?? byte.MaxValue);
        return true;
    }

    protected override void WriteValue(IcmpTypeTest value, RuleTextWriter writer) => writer.Word(value.ToString());

    private bool TryReadNumbers(ReadOnlySpan<byte> text, out IcmpTypeTest value)
    {
        value = default;
        var slash = text.IndexOf((byte)'/');
        if (!XtablesNumber.TryParse(slash < 0 ? text : text[..slash], byte.MaxValue, out var type))
        {
            return false;
        }
        ulong low = 0;
        ulong high = byte.MaxValue;
        if (slash >= 0)
        {
            var codes = text[(slash + 1)..];
            var colon = codes.IndexOf((byte)':');
            if (!XtablesNumber.TryParse(colon < 0 ? codes : codes[..colon], byte.MaxValue, out low)
                || !XtablesNumber.TryParse(colon < 0 ? codes : codes[(colon + 1)..], byte.MaxValue, out high))
            {
                return false;
            }
        }
        value = new IcmpTypeTest(family, (byte)type, (byte)low, (byte)high);
        return true;
    }
}
