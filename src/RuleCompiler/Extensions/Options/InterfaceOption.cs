using System.Globalization;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Extensions.Options;

/// <summary>An interface name, or a prefix of names before a final <c>+</c>.</summary>
/// <remarks>Source: libxtables/xtables.c, <c>xtables_parse_interface</c>.</remarks>
internal sealed class InterfaceOption(string name) : OptionSpec<InterfaceOption.Pattern>(name)
{
    /// <summary>Whether an empty name, which would mean every interface, is refused.</summary>
    public bool RefusesEmpty { get; init; }

    protected override bool TryRead(OptionReader reader, out Pattern value)
    {
        value = new Pattern(reader.Text());
        var length = reader.Bytes().Length;
        if (RefusesEmpty && length == 0)
        {
            return reader.Fail(OptionDiagnostics.BadValue, value.Name, "the name of an interface");
        }
        return length <= InterfaceName.MaxBytes
            || reader.Fail(OptionDiagnostics.BadInterface, value.Name, length.ToString(CultureInfo.InvariantCulture));
    }

    protected override void WriteValue(Pattern value, RuleTextWriter writer) => writer.Bare(value.Name);

    /// <summary>The text as given, the <c>+</c> included.</summary>
    internal readonly record struct Pattern(string Name) : IFieldValue
    {
        /// <summary>Whether every interface is meant, an absent one too.</summary>
        public bool IsAny => Name is "+" or "";

        public FieldSet ToFieldSet()
        {
            var bytes = ByteText.GetBytes(Name);
            return bytes is [.. var prefix, (byte)'+']
                ? FieldSet.Range(InterfaceName.WithPrefix(prefix))
                : FieldSet.Of(InterfaceName.Pack(bytes));
        }
    }
}
