using System.Diagnostics.CodeAnalysis;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

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
        value = ByteText.GetString(bytes[..Math.Min(bytes.Length, max)]); // perhaps in the middle of a character
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
}
