using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>The flags that are looked at, and those of them that must be set; one outside makes the test fail always.</summary>
internal readonly record struct TcpFlagTest(TcpFlags Mask, TcpFlags Set) : IFieldValue
{
    public FieldSet ToFieldSet() => FieldSet.Masked((UInt128)(int)Set, (UInt128)(int)Mask, 8);

    /// <summary>Whether every packet passes.</summary>
    public bool IsAny => Mask == TcpFlags.None && Set == TcpFlags.None;
}
