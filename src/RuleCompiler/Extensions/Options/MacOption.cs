using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>An Ethernet address: six hexadecimal numbers with colons between, in either case.</summary>
internal sealed class MacOption(string name) : OptionSpec<MacAddress>(name)
{
    /// <summary>Whether it prints in upper case.</summary>
    public bool IsUpperCase { get; init; }

    protected override bool TryRead(OptionReader reader, out MacAddress value)
    {
        value = default;
        var text = reader.Bytes();
        ulong address = 0;
        var count = 0;
        foreach (var part in text.Split((byte)':'))
        {
            if (part.End.Value - part.Start.Value > 2
                || !byte.TryParse(text[part], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
            {
                count = 0;
                break;
            }
            address = (address << 8) | number;
            count++;
        }
        value = new MacAddress(address);
        return count == 6 || reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "an Ethernet address such as 02:00:00:00:00:01");
    }

    protected override void WriteValue(MacAddress value, RuleTextWriter writer) =>
        writer.Word(IsUpperCase ? value.ToString().ToUpperInvariant() : value.ToString());
}
