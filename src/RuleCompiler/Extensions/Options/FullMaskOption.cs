using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>A mask in the form of an address; a prefix length is not one.</summary>
internal sealed class FullMaskOption(string name) : OptionSpec<IpAddress>(name)
{
    /// <summary>The mask under which every bit counts.</summary>
    public static IpAddress AllBits(Family family) => new(family, UInt128.MaxValue >> (128 - IpAddress.WidthOf(family)));

    protected override bool TryRead(OptionReader reader, out IpAddress value) =>
        XtablesAddress.TryResolve(reader.Bytes(), reader.Family, out value)
        || reader.Fail(OptionDiagnostics.BadAddress, reader.Text(), AddressOption.FamilyName(reader.Family));

    protected override void WriteValue(IpAddress value, RuleTextWriter writer) => writer.Word(value.ToString());
}
