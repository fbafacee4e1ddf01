using System.Globalization;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>A number with an optional mask, <c>0x1/0xff</c>: the packet's value under the mask equals the number.</summary>
/// <param name="name">The option's name.</param>
/// <param name="max">Largest number and mask: all bits of the field.</param>
internal sealed class MaskedNumberOption(string name, uint max) : OptionSpec<MaskedNumberOption.Value>(name)
{
    /// <summary>What the machine's own table calls 0 (iproute2 ships the name): read, and printed where no mask is given.</summary>
    public string? NameOfZero { get; init; }

    protected override bool TryRead(OptionReader reader, out Value value)
    {
        if (NameOfZero is not null && reader.Text() == NameOfZero)
        {
            value = new Value(0, max, max);
            return true;
        }
        value = default;
        var text = reader.Bytes();
        var slash = text.IndexOf((byte)'/');
        var mask = (ulong)max;
        if (!XtablesNumber.TryParse(slash < 0 ? text : text[..slash], max, out var number)
            || (slash >= 0 && !XtablesNumber.TryParse(text[(slash + 1)..], max, out mask)))
        {
            return reader.Fail(
                OptionDiagnostics.BadNumber, reader.Text(), "0", "0x" + max.ToString("x", CultureInfo.InvariantCulture));
        }
        value = new Value((uint)number, (uint)mask, max);
        return true;
    }

    protected override void WriteValue(Value value, RuleTextWriter writer) =>
        writer.Word(NameOfZero is not null && value is { Number: 0 } && value.Mask == max ? NameOfZero : value.ToString());

    /// <summary>The number, the mask, and all bits of the field.</summary>
    internal readonly record struct Value(uint Number, uint Mask, uint AllBits) : IFieldValue
    {
        public FieldSet ToFieldSet() => FieldSet.Masked(Number, Mask, 32 - int.LeadingZeroCount((int)AllBits));

        public override string ToString() => Mask == AllBits
            ? string.Create(CultureInfo.InvariantCulture, $"0x{Number:x}")
            : string.Create(CultureInfo.InvariantCulture, $"0x{Number:x}/0x{Mask:x}");
    }
}
