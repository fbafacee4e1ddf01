namespace RuleCompiler.Extensions.Options;

/// <summary>A range <c>A-B</c> of addresses, or one address, which prints as a range.</summary>
/// <remarks>Source: extensions/libxt_iprange.c, <c>iprange_parse_spec</c>: a backward range loads, and matches nothing.</remarks>
internal sealed class AddressRangeOption(string name) : OptionSpec<AddressRange>(name)
{
    protected override bool TryRead(OptionReader reader, out AddressRange value)
    {
        value = default;
        var text = reader.Bytes();
        var dash = text.IndexOf((byte)'-');
        if (!XtablesAddress.TryRead(dash < 0 ? text : text[..dash], reader.Family, out var low)
            || !XtablesAddress.TryRead(dash < 0 ? text : text[(dash + 1)..], reader.Family, out var high))
        {
            return reader.Fail(
                OptionDiagnostics.BadValue, reader.Text(), $"a range of {AddressOption.FamilyName(reader.Family)} addresses");
        }
        value = new AddressRange(low, high);
        return true;
    }

    protected override void WriteValue(AddressRange value, RuleTextWriter writer) => writer.Word(value.ToString());
}
