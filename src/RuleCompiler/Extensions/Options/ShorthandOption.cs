using System.Diagnostics.CodeAnalysis;

namespace RuleCompiler.Extensions.Options;

/// <summary>A flag that stands for another option with a fixed value (<c>--syn</c>), and prints as that.</summary>
/// <param name="name">The flag.</param>
/// <param name="meant">The option that it stands for.</param>
/// <param name="fixedValue">That option's value.</param>
internal sealed class ShorthandOption<T>(string name, OptionSpec<T> meant, T fixedValue) : OptionSpec<T>(name)
    where T : notnull
{
    public override int ValueCount => 0;

    public override void Write(object value, bool isNegated, RuleTextWriter writer) => meant.Write(value, isNegated, writer);

    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out T? value)
    {
        value = fixedValue;
        return true;
    }

    protected override void WriteValue(T value, RuleTextWriter writer) => meant.WriteValue(value, writer);
}
