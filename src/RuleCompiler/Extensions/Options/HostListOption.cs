using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>Addresses of the section's family with commas between.</summary>
/// <param name="name">The option's name.</param>
/// <param name="maxCount">How many there may be.</param>
internal sealed class HostListOption(string name, int maxCount) : OptionSpec<ImmutableArray<IpAddress>>(name)
{
    protected override bool TryRead(OptionReader reader, out ImmutableArray<IpAddress> value)
    {
        value = [];
        var words = reader.Text().Split(',');
        if (words.Length > maxCount)
        {
            var what = string.Create(CultureInfo.InvariantCulture, $"a list of at most {maxCount} addresses");
            return reader.Fail(OptionDiagnostics.BadValue, reader.Text(), what);
        }
        var addresses = ImmutableArray.CreateBuilder<IpAddress>(words.Length);
        foreach (var word in words)
        {
            if (!IpAddress.TryParse(word, out var address) || address.Family != reader.Family)
            {
                return reader.Fail(OptionDiagnostics.BadAddress, word, AddressOption.FamilyName(reader.Family));
            }
            addresses.Add(address);
        }
        value = addresses.MoveToImmutable();
        return true;
    }

    protected override void WriteValue(ImmutableArray<IpAddress> value, RuleTextWriter writer) =>
        writer.Word(string.Join(',', value));
}
