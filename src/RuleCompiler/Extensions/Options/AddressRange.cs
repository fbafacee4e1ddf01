using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>A closed range of addresses; empty where it runs backwards.</summary>
internal readonly record struct AddressRange(IpAddress Low, IpAddress High) : IFieldValue
{
    public FieldSet ToFieldSet() => FieldSet.Range(Low.Value, High.Value);

    public override string ToString() => $"{Low}-{High}";
}
