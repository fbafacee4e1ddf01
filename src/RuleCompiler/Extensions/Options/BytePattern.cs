using System.Collections.Immutable;
using System.Text;

namespace RuleCompiler.Extensions.Options;

/// <summary>Bytes to look for in a packet.</summary>
internal sealed record BytePattern(ImmutableArray<byte> Bytes)
{
    /// <summary>Whether it prints as text: visible ASCII and blanks only, and no backslash at the end.</summary>
    /// <remarks>Source: extensions/libxt_string.c, <c>is_hex_string</c>.</remarks>
    public bool IsPrintable => Bytes.All(b => b is >= (byte)' ' and <= (byte)'~') && Bytes is not [.., (byte)'\\'];

    /// <summary>As iptables-save prints it: always in quotes.</summary>
    public override string ToString()
    {
        if (!IsPrintable)
        {
            return $"\"|{Convert.ToHexStringLower(Bytes.AsSpan())}|\"";
        }
        var text = new StringBuilder("\"");
        foreach (var b in Bytes)
        {
            if (b is (byte)'"' or (byte)'\\')
            {
                text.Append('\\');
            }
            text.Append((char)b);
        }
        return text.Append('"').ToString();
    }
}
