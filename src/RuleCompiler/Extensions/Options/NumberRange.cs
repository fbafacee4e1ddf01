using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>A closed range of numbers; one number is a range of itself. A range may be empty where the tools accept it backwards.</summary>
internal readonly record struct NumberRange(ulong Low, ulong High) : IFieldValue
{
    public FieldSet ToFieldSet() => FieldSet.Range(Low, High);
}
