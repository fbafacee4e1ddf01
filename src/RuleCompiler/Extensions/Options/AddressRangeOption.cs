using System.Text;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>A range <c>A-B</c> of addresses, or one address, which prints as a range.</summary>
/// <remarks>Source: extensions/libxt_iprange.c, <c>iprange_parse_spec</c>: a backward range loads, and matches nothing.</remarks>
internal sealed class AddressRangeOption(string name) : OptionSpec<AddressRange>(name)
{
    protected override bool TryRead(OptionReader reader, out AddressRange value)
    {
        value = default;
        Span<char> text = stackalloc char[96];
        if (!Encoding.UTF8.TryGetChars(reader.Bytes(), text, out var length))
        {
            return Fail(reader);
        }
        text = text[..length];
        var dash = text.IndexOf('-');
        if (!IpAddress.TryParse(dash < 0 ? text : text[..dash], out var low)
            || !IpAddress.TryParse(dash < 0 ? text : text[(dash + 1)..], out var high)
            || low.Family != reader.Family || high.Family != reader.Family)
        {
            return Fail(reader);
        }
        value = new AddressRange(low, high);
        return true;
    }

    protected override void WriteValue(AddressRange value, RuleTextWriter writer) => writer.Word(value.ToString());

    private static bool Fail(OptionReader reader) => reader.Fail(
        OptionDiagnostics.BadValue, reader.Text(), $"a range of {AddressOption.FamilyName(reader.Family)} addresses");
}
