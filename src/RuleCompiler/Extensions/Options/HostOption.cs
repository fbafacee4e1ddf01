using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>One address of the section's family, without a mask.</summary>
/// <remarks>Source: libxtables/xtoptions.c, <c>xtopt_parse_host</c>.</remarks>
internal sealed class HostOption(string name) : OptionSpec<IpAddress>(name)
{
    protected override bool TryRead(OptionReader reader, out IpAddress value) =>
        XtablesAddress.TryResolve(reader.Bytes(), reader.Family, out value)
        || reader.Fail(OptionDiagnostics.BadAddress, reader.Text(), AddressOption.FamilyName(reader.Family));

    protected override void WriteValue(IpAddress value, RuleTextWriter writer) => writer.Word(value.ToString());
}
