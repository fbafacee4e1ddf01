using System.Globalization;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>An address prefix, <c>fd00::/48</c>: no bit is set behind its length.</summary>
/// <param name="name">The option's name.</param>
/// <param name="maxLength">Longest prefix in bits.</param>
internal sealed class AddressPrefixOption(string name, int maxLength) : OptionSpec<AddressPrefix>(name)
{
    protected override bool TryRead(OptionReader reader, out AddressPrefix value)
    {
        value = default;
        if (!AddressOption.TryRead(reader, 0, isResolved: true, out var address, out var mask))
        {
            return false;
        }
        var length = (int)UInt128.PopCount(mask);
        value = new AddressPrefix(address, length);
        return (length <= maxLength && mask == (UInt128.MaxValue << (128 - length)) && (address.Value & ~mask) == 0)
            || reader.Fail(
                OptionDiagnostics.BadValue,
                reader.Text(),
                string.Create(CultureInfo.InvariantCulture, $"a prefix of at most {maxLength} bits with nothing but zeros behind it"));
    }

    protected override void WriteValue(AddressPrefix value, RuleTextWriter writer) => writer.Word(value.ToString());
}
