using System.Globalization;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>An Ethernet address: 48 bits.</summary>
internal readonly record struct MacAddress(ulong Value) : IFieldValue
{
    public FieldSet ToFieldSet() => FieldSet.Of(Value);

    /// <summary>Six numbers of two hexadecimal digits each, in lower case.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Value >> 40:x2}:{(Value >> 32) & 255:x2}:{(Value >> 24) & 255:x2}:{(Value >> 16) & 255:x2}:{(Value >> 8) & 255:x2}:{Value & 255:x2}");
}
