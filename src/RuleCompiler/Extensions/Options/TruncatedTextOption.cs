using System.Diagnostics.CodeAnalysis;
using System.Text;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Options;

/// <summary>Text that must not be empty, and of which the tools silently keep only the beginning.</summary>
/// <param name="name">The option's name.</param>
/// <param name="maxBytes">How many bytes are kept.</param>
/// <remarks>Source: libxtables/xtoptions.c, <c>xtopt_parse_string</c>: the kernel's structure sets the size.</remarks>
internal sealed class TruncatedTextOption(string name, int maxBytes) : OptionSpec<string>(name)
{
    /// <summary>How many bytes nft keeps, where its own structure has another size.</summary>
    public int? MaxBytesInNft { get; init; }

    /// <summary>Whether it prints without quotes, as some extensions have it.</summary>
    public bool IsBare { get; init; }

    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out string? value)
    {
        var bytes = reader.Bytes();
        if (bytes.IsEmpty)
        {
            value = null;
            return reader.Fail(OptionDiagnostics.BadValue, "", "a text of at least one character");
        }
        var max = (reader.Flavour == Flavour.Nft ? MaxBytesInNft : null) ?? maxBytes;
        var text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes)); // what is no UTF-8 becomes longer
        value = Encoding.UTF8.GetString(text, 0, text.Length <= max ? text.Length : WholeCharacters(text, max));
        return true;
    }

    protected override void WriteValue(string value, RuleTextWriter writer)
    {
        if (IsBare)
        {
            writer.Bare(value);
        }
        else
        {
            writer.Text(value);
        }
    }

    /// <summary>The longest length up to <paramref name="max"/> that splits no UTF-8 character.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> bytes, int max)
    {
        var length = max;
        while (length > 0 && (bytes[length] & 0xc0) == 0x80)
        {
            length--;
        }
        return length;
    }
}
