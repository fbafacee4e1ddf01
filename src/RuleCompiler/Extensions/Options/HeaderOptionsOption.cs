using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace RuleCompiler.Extensions.Options;

/// <summary>Options of an IPv6 header, <c>TYPE[:LENGTH],..</c>; at most 16.</summary>
/// <remarks>Source: extensions/libip6t_hbh.c, <c>parse_options</c> (IP6T_OPTS_OPTSNR), which keeps the lowest byte of each number.</remarks>
internal sealed class HeaderOptionsOption(string name) : OptionSpec<ImmutableArray<string>>(name)
{
    private const int MaxOptions = 16;

    protected override bool TryRead(OptionReader reader, out ImmutableArray<string> value)
    {
        value = [];
        var words = reader.Text().Split(',');
        var options = words.Select(TryReadOption).OfType<string>().ToImmutableArray();
        if (words.Length > MaxOptions || options.Length < words.Length)
        {
            return reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "a list of at most 16 options TYPE or TYPE:LENGTH");
        }
        value = options;
        return true;
    }

    protected override void WriteValue(ImmutableArray<string> value, RuleTextWriter writer) =>
        writer.Word(string.Join(',', value));

    private static string? TryReadOption(string word)
    {
        var parts = word.Split(':');
        var numbers = parts.Select(TryReadByte).OfType<string>().ToArray();
        return parts.Length <= 2 && numbers.Length == parts.Length ? string.Join(':', numbers) : null;
    }

    private static string? TryReadByte(string text) =>
        XtablesNumber.TryParse(Encoding.UTF8.GetBytes(text), uint.MaxValue, out var number)
            ? ((byte)number).ToString(CultureInfo.InvariantCulture)
            : null;
}
