using System.Diagnostics.CodeAnalysis;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>An option without a value.</summary>
internal sealed class FlagOption(string name) : OptionSpec<FlagOption.Given>(name)
{
    public override int ValueCount => 0;

    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out Given? value)
    {
        value = Given.Instance;
        return true;
    }

    protected override void WriteValue(Given value, RuleTextWriter writer)
    {
    }

    /// <summary>The value of a flag: as a set, the field's value 1.</summary>
    internal sealed class Given : IFieldValue
    {
        private static readonly FieldSet One = FieldSet.Of(1);

        public static Given Instance { get; } = new();

        public FieldSet ToFieldSet() => One;
    }
}
