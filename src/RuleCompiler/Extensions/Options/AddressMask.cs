using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>An address under a mask, which may have holes; host bits are cut off.</summary>
internal readonly record struct AddressMask(Family Family, UInt128 Network, UInt128 Mask) : IFieldValue
{
    private int Width => IpAddress.WidthOf(Family);

    public FieldSet ToFieldSet() => FieldSet.Masked(Network, Mask, Width);

    /// <summary>Whether every address is meant.</summary>
    public bool IsAny => Mask == 0;

    /// <summary>As iptables-save prints it: always with a mask, by length or, with holes, in full.</summary>
    public override string ToString()
    {
        var length = (int)UInt128.PopCount(Mask);
        var isPrefix = Mask == (length == 0 ? 0 : UInt128.MaxValue << (128 - length) >> (128 - Width));
        var network = new IpAddress(Family, Network);
        return isPrefix ? $"{network}/{length}" : $"{network}/{new IpAddress(Family, Mask)}";
    }
}
