using System.Diagnostics.CodeAnalysis;

namespace RuleCompiler.Extensions;

/// <summary>An option whose value is a <typeparamref name="T"/>.</summary>
internal abstract class OptionSpec<T>(string name) : OptionSpec(name)
    where T : notnull
{
    public sealed override object? Read(OptionReader reader) => TryRead(reader, out var value) ? value : null;

    public sealed override void WriteValue(object value, RuleTextWriter writer) => WriteValue((T)value, writer);

    /// <returns>False after reporting what is wrong.</returns>
    protected abstract bool TryRead(OptionReader reader, [NotNullWhen(true)] out T? value);

    protected abstract void WriteValue(T value, RuleTextWriter writer);
}
