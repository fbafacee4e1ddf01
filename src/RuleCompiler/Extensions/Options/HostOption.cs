using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>One address of the section's family, without a mask.</summary>
internal sealed class HostOption(string name) : OptionSpec<IpAddress>(name)
{
    protected override bool TryRead(OptionReader reader, out IpAddress value) =>
        (IpAddress.TryParse(reader.Text(), out value) && value.Family == reader.Family)
        || reader.Fail(OptionDiagnostics.BadAddress, reader.Text(), AddressOption.FamilyName(reader.Family));

    protected override void WriteValue(IpAddress value, RuleTextWriter writer) => writer.Word(value.ToString());
}
