using RuleCompiler.Packets;

namespace RuleCompiler.Extensions;

/// <summary>An option's value that is a set of a packet field's values.</summary>
internal interface IFieldValue
{
    /// <summary>The values of the field that satisfy the option; 'absent' not among them.</summary>
    FieldSet ToFieldSet();
}
